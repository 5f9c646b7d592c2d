package io.github.presence4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The BOM names every published module, and the README names what the BOM and the POMs say. */
class CoordinatesTest {
    private static final String BOM = "presence-bom";
    private static final String GROUP = "io.github.presence4j";
    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency/";
    private static final Pattern GRADLE = Pattern.compile("\"" + GROUP + ":([^:\"]+)(?::([^\"]+))?\"");

    private final Document root;
    private final Document bom;

    CoordinatesTest() throws Exception {
        root = Poms.read(Readme.root());
        bom = Poms.read(Readme.root().resolve(BOM));
    }

    @Test
    void theBomNamesEveryModuleThatIsPublished() throws Exception {
        List<String> published = new ArrayList<>();
        for (String module : Poms.texts(root, "/project/modules/module")) {
            if (module.startsWith("presence-") && !module.equals(BOM)) {
                published.add(module);
            }
        }
        assertThat(published).hasSizeGreaterThan(3);
        assertThat(Poms.texts(bom, MANAGED + "artifactId")).containsExactlyInAnyOrderElementsOf(published);
        assertThat(Poms.texts(bom, MANAGED + "groupId")).containsOnly(GROUP);
        assertThat(Poms.texts(bom, MANAGED + "version")).containsOnly("${project.version}");
    }

    /** The BOM has no parent to take its version from. */
    @Test
    void theBomHasTheVersionOfTheOthers() throws Exception {
        assertThat(Poms.texts(bom, "/project/version")).isEqualTo(version());
        assertThat(Poms.texts(bom, "/project/groupId")).containsExactly(GROUP);
        assertThat(Poms.texts(bom, "/project/parent")).isEmpty();
    }

    @Test
    void theReadmesCoordinatesForMavenAreTheBoms() throws Exception {
        String blocks = String.join("\n", Readme.blocks("xml"));
        Document xml = Poms.parse("<project>" + blocks + "</project>");
        assertThat(Poms.texts(xml, "//groupId")).isNotEmpty().containsOnly(GROUP);
        assertThat(Poms.texts(xml, MANAGED + "artifactId")).containsExactly(BOM);
        assertThat(Poms.texts(xml, "//version")).isEqualTo(version());
        assertThat(Poms.texts(bom, MANAGED + "artifactId"))
                .containsAll(Poms.texts(xml, "/project/dependencies/dependency/artifactId"));
    }

    @Test
    void theReadmesCoordinatesForGradleAreTheBoms() throws Exception {
        List<MatchResult> found = GRADLE.matcher(String.join("\n", Readme.blocks("kotlin")))
                .results()
                .toList();
        assertThat(found).extracting(match -> match.group(1)).contains(BOM, "presence-api");
        List<String> known = Poms.texts(bom, MANAGED + "artifactId");
        assertThat(found).allSatisfy(match -> {
            boolean isBom = match.group(1).equals(BOM);
            assertThat(isBom || known.contains(match.group(1)))
                    .as(match.group())
                    .isTrue();
            assertThat(match.group(2)).isEqualTo(isBom ? version().get(0) : null);
        });
    }

    @Test
    void theReadmeNamesTheVersionAndTheJava() throws Exception {
        assertThat(Readme.text())
                .contains("current version is " + version().get(0))
                .contains("Java "
                        + Poms.texts(root, "/project/properties/maven.compiler.release")
                                .get(0) + " or newer");
    }

    private List<String> version() throws Exception {
        return Poms.texts(root, "/project/version");
    }
}
