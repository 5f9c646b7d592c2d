package io.github.presence4j.benchmarks.report;

import static io.github.presence4j.benchmarks.report.Target.Bound.AT_LEAST;
import static io.github.presence4j.benchmarks.report.Target.Bound.AT_MOST;
import static io.github.presence4j.benchmarks.report.Target.Compare.OURS_BY_RIVAL;
import static io.github.presence4j.benchmarks.report.Target.Compare.RIVAL_BY_OURS;

import io.github.presence4j.benchmarks.report.Target.Bound;
import io.github.presence4j.benchmarks.report.Target.Entry;
import java.util.List;
import java.util.stream.Stream;

/** Every target of the design. A change of a target here changes a promise. */
final class Targets {
    /** The metric of a percentile that is judged. */
    static final String P99 = "p99 ms";

    private static final String MEMORY = "memory:presence4j";
    private static final String REDIS = "redis:presence4j";
    private static final String HAZELCAST = "hazelcast:presence4j";

    private Targets() {}

    static List<Target> all() {
        return Stream.of(
                        memory(),
                        redis(),
                        redisReads(),
                        hazelcast(),
                        redisSessions(),
                        localSessions(),
                        watching(),
                        growth())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Target> memory() {
        String group = "In memory";
        return List.of(
                calls(group, Scenario.RENEW, MEMORY, "memory:caffeine", 3),
                calls(group, Scenario.RENEW_SPREAD, "memory:presence4j-spread", "memory:caffeine-spread", 3)
                        .besides(),
                calls(group, Scenario.IS_LIVE, MEMORY, "memory:caffeine", 1.2),
                alone(group, Scenario.RENEW, MEMORY, Measurement.ALLOCATION, 24),
                ratio(group, Scenario.MEMORY, MEMORY, "memory:caffeine", Measurement.BYTES, AT_MOST, 1));
    }

    private static List<Target> redis() {
        String group = "Redis, touching";
        return List.of(
                ratio(group, Scenario.SERVER_CPU, REDIS, "redis:zadd", Measurement.MICROS, AT_MOST, 1.1),
                calls(group, Scenario.TOUCH, REDIS, "redis:zadd", 1.5),
                calls(group, Scenario.TOUCH, REDIS, "redis:rset-cache", 4),
                calls(group, Scenario.TOUCH, REDIS, "redis:rmap-cache", 8),
                calls(group, Scenario.TOUCH_ALL, REDIS, "redis:zadd", 2.5),
                calls(group, Scenario.RENEW_64, REDIS, "redis:zadd", 1.5),
                calls(group, Scenario.RENEW_1, REDIS, "redis:zadd", 0.95),
                calls(group, Scenario.JOIN, REDIS, "redis:zadd", 0.8),
                calls(group, Scenario.ROOMS, REDIS, "redis:zadd-expire", 0.6));
    }

    private static List<Target> redisReads() {
        String group = "Redis, asking";
        return List.of(
                calls(group, Scenario.IS_LIVE_ASYNC, REDIS, "redis:zadd", 1),
                calls(group, Scenario.LIVE_AMONG, REDIS, "redis:zadd", 5),
                ratio(group, Scenario.LIST, REDIS, "redis:zadd", Measurement.MILLIS, AT_MOST, 1.2),
                alone(group, Scenario.LIST_COMMAND, REDIS, Measurement.MILLIS, 5),
                alone(group, Scenario.LIST_PING, REDIS, Measurement.MILLIS, 5));
    }

    private static List<Target> hazelcast() {
        String group = "Hazelcast, two members";
        return List.of(
                calls(group, Scenario.TOUCH, HAZELCAST, "hazelcast:set-async", 5),
                calls(group, Scenario.TOUCH, HAZELCAST, "hazelcast:set-async-direct", 5)
                        .besides(),
                inverse(
                        group,
                        new Entry(Scenario.LIST, HAZELCAST, Measurement.MILLIS),
                        new Entry(Scenario.LIST, "hazelcast:set-async", Measurement.MILLIS),
                        AT_LEAST,
                        5));
    }

    private static List<Target> redisSessions() {
        String group = "Sessions, Redis";
        String byHand = "redis:zadd-hset";
        Entry touch = new Entry(Scenario.TAB_DATA, REDIS, Measurement.CALLS);
        Entry plain = new Entry(Scenario.TOUCH, REDIS, Measurement.CALLS);
        Entry one = new Entry(Scenario.TAB_DATA_RENEW_1, REDIS, Measurement.CALLS);
        Entry oneCpu = new Entry(Scenario.ONE_SERVER_CPU, REDIS, Measurement.MICROS);
        return List.of(
                calls(group, Scenario.TAB_DATA, REDIS, byHand, 4),
                ratio(group, Scenario.TAB_SERVER_CPU, REDIS, byHand, Measurement.MICROS, AT_MOST, 0.35),
                calls(group, Scenario.TAB_DATA, REDIS, "redis:script", 2.5),
                ratio(group, touch, plain, AT_LEAST, 0.85),
                ratio(group, touch.of(Scenario.THREE_TABS), plain, AT_LEAST, 0.6),
                ratio(group, touch.of(Scenario.MIXED), plain, AT_LEAST, 0.85),
                inverse(group, one.of(Scenario.ONE_OF_MANY), one, AT_MOST, 3),
                ratio(group, oneCpu.of(Scenario.MANY_SERVER_CPU), oneCpu, AT_MOST, 3)
                        .besides(),
                alone(group, Scenario.BULK_OF_MANY, REDIS, Measurement.MILLIS, 5),
                ratio(group, Scenario.TAB_MEMORY, REDIS, byHand, Measurement.BYTES, AT_MOST, 1.36));
    }

    private static List<Target> localSessions() {
        String memory = "Sessions, in memory";
        String rival = "memory:hash-map";
        Entry touch = new Entry(Scenario.TOUCH, HAZELCAST, Measurement.CALLS);
        return List.of(
                calls(memory, Scenario.TAB_RENEW, MEMORY, rival, 1.5),
                alone(memory, Scenario.TAB_RENEW, MEMORY, Measurement.ALLOCATION, 24),
                ratio(memory, Scenario.TAB_MEMORY, MEMORY, rival, Measurement.BYTES, AT_MOST, 1.3),
                ratio(memory, Scenario.TAB_MEMORY_ALL, MEMORY, rival, Measurement.BYTES, AT_MOST, 1.3)
                        .besides(),
                ratio("Sessions, Hazelcast", touch.of(Scenario.TAB), touch, AT_LEAST, 0.6));
    }

    private static List<Target> watching() {
        String group = "Watching";
        return List.of(
                alone(group, Scenario.WATCH, MEMORY, P99, 5),
                alone(group, Scenario.WATCH, REDIS, P99, 5),
                alone(group, Scenario.WATCH, HAZELCAST, P99, 20),
                alone(group, Scenario.WATCHED, MEMORY, Measurement.CALLS, 500),
                alone(group, Scenario.WATCHED, REDIS, Measurement.CALLS, 500),
                alone(group, Scenario.WATCHED, HAZELCAST, Measurement.CALLS, 500));
    }

    /** Our score, and a comparison with contestants that keep no time per member. */
    private static List<Target> growth() {
        return List.of(
                grown(MEMORY),
                grown("memory:hash-map").besides(),
                grown(REDIS),
                grown("redis:zadd").besides(),
                grown(HAZELCAST));
    }

    /** What a touch costs is the inverse of how many there are in a second. */
    private static Target grown(String contestant) {
        return inverse(
                "Growth",
                new Entry(Scenario.GROWTH_MANY, contestant, Measurement.CALLS),
                new Entry(Scenario.GROWTH_FEW, contestant, Measurement.CALLS),
                AT_MOST,
                1.5);
    }

    private static Target calls(String group, String scenario, String ours, String rival, double least) {
        return ratio(group, scenario, ours, rival, Measurement.CALLS, AT_LEAST, least);
    }

    private static Target ratio(
            String group, String scenario, String ours, String rival, String metric, Bound bound, double number) {
        return ratio(group, new Entry(scenario, ours, metric), new Entry(scenario, rival, metric), bound, number);
    }

    private static Target ratio(String group, Entry ours, Entry rival, Bound bound, double number) {
        return new Target(group, ours, rival, OURS_BY_RIVAL, bound, number, true);
    }

    private static Target inverse(String group, Entry ours, Entry rival, Bound bound, double number) {
        return new Target(group, ours, rival, RIVAL_BY_OURS, bound, number, true);
    }

    private static Target alone(String group, String scenario, String ours, String metric, double most) {
        return new Target(group, new Entry(scenario, ours, metric), null, OURS_BY_RIVAL, AT_MOST, most, true);
    }
}
