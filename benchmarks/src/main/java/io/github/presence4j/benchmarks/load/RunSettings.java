package io.github.presence4j.benchmarks.load;

import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import java.time.Duration;

/**
 * How much of everything a set of benchmarks does.
 *
 * @param name of the set
 * @param rounds of what a target judges
 * @param dearRounds of what takes long to prepare
 * @param otherRounds of what no target judges; 0 leaves it out
 * @param forks whether each lane of a round has a JVM of its own, 1, or not, 0
 * @param warmups of each lane. On two processors the JVM compiles late: our calls to Redis doubled their pace after six seconds
 * @param iterations of each lane
 * @param time of an iteration
 * @param thousand members of a small list
 * @param few members of a small topic
 * @param members of most topics
 * @param many members of a large topic
 * @param rooms topics where there are many
 * @param watched topics that are watched
 * @param watching how long they are; half of it warms up a watch, and a phase of what others wait is a fifteenth of it
 * @param redis the Redis to use, or {@link BenchmarkEnvironment#OWN}
 * @param hazelcast the port of the member in this process to use, or {@link BenchmarkEnvironment#OWN}
 */
public record RunSettings(
        String name,
        int rounds,
        int dearRounds,
        int otherRounds,
        int forks,
        int warmups,
        int iterations,
        Duration time,
        int thousand,
        int few,
        int members,
        int many,
        int rooms,
        int watched,
        Duration watching,
        String redis,
        String hazelcast) {
    private static final RunSettings FULL = sized("full", 3, 2, 1, 10, 2, 800);
    private static final RunSettings QUICK = sized("quick", 1, 1, 0, 3, 1, 1000);

    private static RunSettings sized(
            String name, int rounds, int dear, int other, int warmups, int iterations, int millis) {
        return new RunSettings(
                name,
                rounds,
                dear,
                other,
                1,
                warmups,
                iterations,
                Duration.ofMillis(millis),
                1_000,
                10_000,
                100_000,
                1_000_000,
                100_000,
                10_000,
                Duration.ofSeconds(30),
                BenchmarkEnvironment.OWN,
                BenchmarkEnvironment.OWN);
    }

    /**
     * One of everything, as small as can be, on servers that run already: to see that it works.
     *
     * @param redis see {@link #redis}
     * @param hazelcast see {@link #hazelcast}
     * @return the set
     */
    public static RunSettings smoke(String redis, String hazelcast) {
        return new RunSettings(
                "smoke",
                1,
                1,
                1,
                0,
                0,
                1,
                Duration.ofMillis(20),
                20,
                50,
                100,
                200,
                20,
                20,
                Duration.ofMillis(450),
                redis,
                hazelcast);
    }

    /**
     * A set by its name.
     *
     * @param name {@code quick} or {@code full}
     * @return the set
     */
    public static RunSettings named(String name) {
        return switch (name) {
            case "quick" -> QUICK;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException("The set is quick or full but was " + name);
        };
    }

    /**
     * Returns the server that a contestant runs on.
     *
     * @param contestant with its venue
     * @return the argument for {@link BenchmarkEnvironment#of}
     */
    public String server(String contestant) {
        return contestant.startsWith("redis:")
                ? redis
                : contestant.startsWith("hazelcast:") ? hazelcast : BenchmarkEnvironment.OWN;
    }

    /** {@return how long one phase of a probe takes} */
    public Duration phase() {
        return watching.dividedBy(15);
    }
}
