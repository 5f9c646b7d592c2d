package io.github.presence4j.checks;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The arrows between the modules, and what may be used where. */
@AnalyzeClasses(packages = "io.github.presence4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.presence4j";
    private static final String SHARDS = ROOT + ".cell.shards";
    private static final String[] API = {ROOT, ROOT + ".spi", "java..", "org.jspecify.annotations"};

    @ArchTest
    static final ArchRule theApiNeedsNothing = classes()
            .that()
            .resideInAnyPackage(ROOT, ROOT + ".spi")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(API);

    @ArchTest
    static final ArchRule theKitNeedsTheApiAndJUnit = classes()
            .that()
            .resideInAPackage(ROOT + ".testkit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    with(ROOT + ".testkit..", "org.junit.jupiter..", "org.assertj.core..", "org.opentest4j.."));

    @ArchTest
    static final ArchRule theCellNeedsTheApi = classes()
            .that()
            .resideInAPackage(ROOT + ".cell..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(ROOT + ".cell.."));

    /** Whatever a cell is stored in. */
    @ArchTest
    static final ArchRule shardsNeedTheApiAndNoCell = classes()
            .that()
            .resideInAPackage(SHARDS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(SHARDS));

    @ArchTest
    static final ArchRule theHazelcastBackendNeedsTheApiTheCellAndHazelcast = classes()
            .that()
            .resideInAPackage(ROOT + ".hazelcast..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(ROOT + ".hazelcast..", ROOT + ".cell..", "com.hazelcast.."));

    @ArchTest
    static final ArchRule theInMemoryBackendNeedsTheApiAndCaffeine = classes()
            .that()
            .resideInAPackage(ROOT + ".inmemory..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(ROOT + ".inmemory..", ROOT + ".cell..", "com.github.benmanes.caffeine.."));

    @ArchTest
    static final ArchRule theRedisBackendNeedsTheApiTheShardsAndLettuce = classes()
            .that()
            .resideInAPackage(ROOT + ".redis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(ROOT + ".redis..", SHARDS, "io.lettuce.core..", "io.netty.."));

    @ArchTest
    static final ArchRule nobodyNeedsTheKit = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".testkit..", ROOT + ".checks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".testkit..");

    /**
     * No caller sends a time (T2). Only the clock of a store reads one, and the code that measures waiting times of this process
     * (E3).
     */
    @ArchTest
    static final ArchRule onlyAStoreReadsAClock = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".testkit..")
            .and()
            .doNotHaveSimpleName("StoreClock")
            .and()
            .doNotHaveSimpleName("CallDeadlines")
            .and()
            .doNotHaveSimpleName("CommandQueue")
            .and()
            .doNotHaveSimpleName("LazyConnection")
            .and()
            .doNotHaveSimpleName("ProcessClock")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    /**
     * Forbids the shared threads of the JVM: they may run code of callers, and keep the class loader of their first user (E8,
     * G5).
     */
    @ArchTest
    static final ArchRule theLibraryHasTimersOfItsOwn = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".spi",
                    ROOT + ".cell..",
                    ROOT + ".inmemory..",
                    ROOT + ".redis..",
                    ROOT + ".hazelcast..")
            .should()
            .callMethodWhere(target(nameMatching("delayedExecutor|orTimeout|completeOnTimeout")));

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class);

    @ArchTest
    static final ArchRule whatIsPublicIsNotExtended = classes()
            .that()
            .resideInAnyPackage(ROOT, ROOT + ".inmemory")
            .and()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotAssignableTo(Throwable.class)
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static String[] with(String... own) {
        String[] all = Arrays.copyOf(API, API.length + own.length);
        System.arraycopy(own, 0, all, API.length, own.length);
        return all;
    }
}
