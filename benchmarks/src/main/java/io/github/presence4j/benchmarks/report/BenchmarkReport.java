package io.github.presence4j.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** From results alone to {@code benchmarks.md} and its pictures, as often as one likes. */
public final class BenchmarkReport {
    private static final Map<String, String> CAPTIONS = Map.of(
            "targets", "How far each target is exceeded or missed",
            "memory", "Calls a second in memory",
            "redis", "Calls a second on Redis",
            "hazelcast", "Calls a second on Hazelcast",
            "lists", "Time to list 100 k members",
            "growth", "Cost of a touch as a topic grows",
            "watch", "How late a join is seen elsewhere",
            "million", "What others wait beside a million members");

    private final RunResults results;
    private final ReportCharts pictures;

    /**
     * A report.
     *
     * @param results of a run
     */
    public BenchmarkReport(RunResults results) {
        this.results = results;
        this.pictures = new ReportCharts(results);
    }

    /**
     * Writes the report of a run once more.
     *
     * @param args the folder that has {@code benchmarks.json}
     * @throws IOException if it cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        new BenchmarkReport(RunResults.read(folder.resolve("benchmarks.json"))).write(folder);
    }

    /**
     * Writes it.
     *
     * @param folder where
     * @throws IOException if it cannot be written
     */
    public void write(Path folder) throws IOException {
        pictures.write(folder.resolve("benchmarks"));
        Files.writeString(folder.resolve("benchmarks.md"), markdown());
    }

    private String markdown() throws IOException {
        TargetTable targets = new TargetTable(results);
        return template()
                .replace("{set}", results.conditions().set())
                .replace("{load}", load())
                .replace("{failures}", failures())
                .replace("{summary}", targets.summary())
                .replace("{targets}", targets.markdown().strip())
                .replace("{targets-picture}", picture("targets"))
                .replace("{pictures}", pictures())
                .replace("{figures}", new FigureTables(results).markdown().strip())
                .replace("{conditions}", conditions());
    }

    private static String template() throws IOException {
        try (var in = BenchmarkReport.class.getResourceAsStream("benchmarks.md")) {
            if (in == null) {
                throw new IOException("No template beside " + BenchmarkReport.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String load() {
        RunConditions conditions = results.conditions();
        String looks = String.format(
                Locale.ROOT,
                "In %d looks, while nothing of the run itself ran, others used %.0f %% of the processors in the median and %.0f %% at the most.",
                conditions.busy().size(),
                100 * conditions.typicallyBusy(),
                100 * conditions.mostBusy());
        return conditions.loaded()
                ? "\n\n> **Other work ran on the machine: do not rely on these figures.** " + looks
                : looks;
    }

    private String failures() {
        return results.failures().isEmpty()
                ? ""
                : "\nNot everything could be measured:\n\n- " + String.join("\n- ", results.failures()) + "\n";
    }

    private String pictures() {
        StringBuilder text = new StringBuilder();
        for (String name : new String[] {"memory", "redis", "hazelcast", "lists", "growth", "watch", "million"}) {
            text.append(picture(name));
        }
        return text.toString().strip();
    }

    private String picture(String name) {
        return pictures.has(name) ? "![" + CAPTIONS.get(name) + "](benchmarks/" + name + ".svg)\n\n" : "";
    }

    private String conditions() {
        RunConditions now = results.conditions();
        StringBuilder versions = new StringBuilder();
        now.versions()
                .forEach((name, version) ->
                        versions.append(", ").append(name).append(' ').append(version));
        return String.join(
                "\n",
                "| | |",
                "|---|---|",
                "| when | " + now.started() + ", " + ReadableNumbers.of(now.minutes()) + " minutes |",
                "| commit | " + now.commit() + " |",
                "| machine | " + now.processor() + ", " + now.memory() + ", shared by clients and servers |",
                "| system | " + now.system() + " |",
                "| JDK | " + now.jdk() + " |",
                "| versions | " + versions.substring(Math.min(2, versions.length())) + " |");
    }
}
