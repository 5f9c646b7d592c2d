package io.github.presence4j.benchmarks;

import static java.util.function.Predicate.not;

import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.report.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which contestants run in which scenario. Those that a target compares come first in a heat, and often. */
final class BenchmarkPlan {
    private static final String M = "memory:presence4j";
    private static final String CAFFEINE = "memory:caffeine";
    private static final String MAP = "memory:hash-map";
    private static final String SKIP = "memory:skip-list";
    private static final String R = "redis:presence4j";
    private static final String ZADD = "redis:zadd";
    private static final String SEED = "redis:zadd-expire";
    private static final String BULK = "redis:zadd-bulk";
    private static final String RMAP = "redis:rmap-cache";
    private static final String BY_HAND = "redis:zadd-hset";
    private static final String SCRIPT = "redis:script";
    private static final String H = "hazelcast:presence4j";
    private static final String H8 = "hazelcast:presence4j-8-shards";
    private static final String SET = "hazelcast:set-async";
    private static final String SET_DIRECT = "hazelcast:set-async-direct";
    private static final String SET_ALL = "hazelcast:set-all";

    private static final String TABS = "SessionBenchmark.underWay";

    private final RunSettings size;
    private final List<ComparisonGroup> heats = new ArrayList<>();

    private BenchmarkPlan(RunSettings size) {
        this.size = size;
    }

    static List<ComparisonGroup> of(RunSettings size, Predicate<String> wanted) {
        BenchmarkPlan plan = new BenchmarkPlan(size);
        plan.memory();
        plan.redis();
        plan.hazelcast();
        plan.sessions();
        plan.growth();
        plan.everybody();
        return plan.heats.stream()
                .map(heat -> new ComparisonGroup(
                        heat.lanes().stream()
                                .filter(lane -> wanted.test(lane.toString()))
                                .toList(),
                        heat.rounds()))
                .filter(heat -> heat.rounds() > 0)
                .filter(not(heat -> heat.lanes().isEmpty()))
                .toList();
    }

    private void memory() {
        judged(Scenario.RENEW, "TouchBenchmark.waiting", 2, M, CAFFEINE);
        judged(
                Scenario.RENEW_SPREAD,
                "TouchBenchmark.waiting",
                2,
                "memory:presence4j-spread",
                "memory:caffeine-spread");
        judged(Scenario.IS_LIVE, "QueryBenchmark.isLive", 2, M, CAFFEINE);
        other(Scenario.RENEW, "TouchBenchmark.waiting", 2, MAP, SKIP);
        other(Scenario.RENEW_1, "TouchBenchmark.waiting", 1, M, CAFFEINE);
        other(Scenario.RENEW_64, "TouchBenchmark.waiting", 64, M, CAFFEINE);
        other(Scenario.IS_LIVE, "QueryBenchmark.isLive", 2, MAP, SKIP);
    }

    private void redis() {
        redisTouches();
        judged(Scenario.RENEW_64, "TouchBenchmark.waiting", 64, R, ZADD);
        judged(Scenario.RENEW_1, "TouchBenchmark.waiting", 1, R, ZADD);
        judged(Scenario.TOUCH_ALL, "TouchBenchmark.bulk", 2, R, ZADD);
        judged(Scenario.IS_LIVE_ASYNC, "QueryBenchmark.isLiveUnderWay", 2, R, ZADD);
        judged(Scenario.LIVE_AMONG, "QueryBenchmark.liveAmong", 2, R, ZADD);
        judged(Scenario.LIST, "QueryBenchmark.list", 1, R, ZADD);
        heat(size.dearRounds(), Scenario.ROOMS, "ManyTopicsBenchmark.underWay", 2, rooms(), R, SEED);
        other(Scenario.TOUCH, "TouchBenchmark.underWay", 2, SEED);
        other(Scenario.TOUCH_ALL, "TouchBenchmark.bulk", 2, BULK);
        other(Scenario.LIVE_AMONG, "QueryBenchmark.liveAmong", 2, BULK);
        other(Scenario.LIST, "QueryBenchmark.list", 1, SEED, "redis:rset-cache", RMAP);
    }

    /** Our plain touch is compared with sorted sets and with our touches of sessions, and so has its turn between them. */
    private void redisTouches() {
        judgedTogether(List.of(
                cases(Scenario.TOUCH, "TouchBenchmark.underWay", 2, plain(), "redis:rset-cache", RMAP, ZADD, R),
                cases(Scenario.MIXED, "TouchBenchmark.underWay", 2, mixed(), R),
                cases(Scenario.THREE_TABS, TABS, 2, tabs(3, true), R),
                cases(Scenario.TAB_DATA, TABS, 2, tabs(1, true), R, BY_HAND, SCRIPT)));
    }

    private void sessions() {
        judged(Scenario.TAB_RENEW, "SessionBenchmark.waiting", 2, tabs(1, false), M, MAP);
        judgedTogether(List.of(
                cases(Scenario.TAB_DATA_RENEW_1, "SessionBenchmark.waiting", 1, tabs(1, true), R),
                cases(Scenario.ONE_OF_MANY, "SessionBenchmark.waitingOfOne", 1, many(), R),
                cases(Scenario.BULK_OF_MANY, "SessionBenchmark.bulkOfOne", 1, many(), R)));
        other(Scenario.TAB_RENEW, "SessionBenchmark.waiting", 2, tabs(1, false), CAFFEINE);
        other(Scenario.TAB_DATA_RENEW, "SessionBenchmark.waiting", 2, tabs(1, true), M, MAP, CAFFEINE);
        other(Scenario.TAB, TABS, 2, tabs(1, false), R, BY_HAND, SCRIPT, RMAP, SET, SET_DIRECT);
        other(Scenario.TAB_DATA, TABS, 2, tabs(1, true), RMAP, H, SET, SET_DIRECT);
        other(Scenario.THREE_TABS, TABS, 2, tabs(3, true), BY_HAND, H, SET_DIRECT, M, MAP);
        other(Scenario.TAB_CHANGING, "SessionBenchmark.changing", 2, tabs(1, true), R, BY_HAND, SCRIPT, H, M, MAP);
        other(Scenario.TAB_ALL, "SessionBenchmark.bulk", 2, tabs(1, true), R, BY_HAND, H, M, MAP);
        other(Scenario.TAB_JOIN, "SessionBenchmark.comeAndGo", 2, tabs(1, true), R, BY_HAND, SCRIPT, H, SET, M, MAP);
        other(Scenario.ONE_OF_MANY, "SessionBenchmark.waitingOfOne", 1, many(), BY_HAND, H, M, MAP);
        other(Scenario.BULK_OF_MANY, "SessionBenchmark.bulkOfOne", 1, many(), BY_HAND, H, M, MAP);
    }

    private void hazelcast() {
        judgedTogether(List.of(
                cases(Scenario.TOUCH, "TouchBenchmark.underWay", 2, plain(), SET, SET_DIRECT, H),
                cases(Scenario.TAB, TABS, 2, tabs(1, false), H)));
        judged(Scenario.LIST, "QueryBenchmark.list", 1, H, SET);
        other(Scenario.TOUCH, "TouchBenchmark.underWay", 2, H8);
        other(Scenario.LIST, "QueryBenchmark.list", 1, H8);
        other(Scenario.RENEW_64, "TouchBenchmark.waiting", 64, H, SET);
        other(Scenario.RENEW_1, "TouchBenchmark.waiting", 1, H, SET);
        other(Scenario.TOUCH_ALL, "TouchBenchmark.bulk", 2, H, SET_ALL);
        other(Scenario.IS_LIVE_ASYNC, "QueryBenchmark.isLiveUnderWay", 2, H, SET);
        other(Scenario.LIVE_AMONG, "QueryBenchmark.liveAmong", 2, H, SET);
    }

    private void growth() {
        int controls = size.otherRounds() == 0 ? 0 : size.dearRounds();
        grow(size.dearRounds(), "TouchBenchmark.waiting", M);
        grow(controls, "TouchBenchmark.waiting", MAP);
        grow(size.dearRounds(), "TouchBenchmark.underWay", R);
        grow(controls, "TouchBenchmark.underWay", ZADD);
        grow(size.dearRounds(), "TouchBenchmark.underWay", H);
    }

    private void everybody() {
        judged(Scenario.JOIN, "JoinLeaveBenchmark.comeAndGo", 2, R, ZADD);
        other(Scenario.JOIN, "JoinLeaveBenchmark.comeAndGo", 2, M, CAFFEINE, H, SET);
        other(Scenario.CRM, "JoinLeaveBenchmark.crm", 2, M, CAFFEINE, R, ZADD, H, SET);
        other(Scenario.COUNT, "QueryBenchmark.count", 1, M, CAFFEINE, R, ZADD, H, SET);
        heat(
                size.otherRounds(),
                Scenario.LIST_FEW,
                "QueryBenchmark.list",
                1,
                members(size.thousand()),
                M,
                CAFFEINE,
                R,
                ZADD,
                H,
                SET);
        other(Scenario.LIST, "QueryBenchmark.list", 1, M, CAFFEINE);
        other(Scenario.LIVE_AMONG, "QueryBenchmark.liveAmong", 2, M, CAFFEINE);
        other(Scenario.TOUCH_ALL, "TouchBenchmark.bulk", 2, M, CAFFEINE);
        heat(size.otherRounds(), Scenario.ROOMS, "ManyTopicsBenchmark.underWay", 2, rooms(), M);
    }

    private void judged(String scenario, String benchmark, int threads, String... contestants) {
        judged(scenario, benchmark, threads, plain(), contestants);
    }

    private void judged(
            String scenario, String benchmark, int threads, Map<String, String> parameters, String... contestants) {
        heat(size.rounds(), scenario, benchmark, threads, parameters, contestants);
    }

    private void judgedTogether(List<List<BenchmarkCase>> scenarios) {
        heats.add(new ComparisonGroup(scenarios.stream().flatMap(List::stream).toList(), size.rounds()));
    }

    private void other(String scenario, String benchmark, int threads, String... contestants) {
        other(scenario, benchmark, threads, plain(), contestants);
    }

    private void other(
            String scenario, String benchmark, int threads, Map<String, String> parameters, String... contestants) {
        heat(size.otherRounds(), scenario, benchmark, threads, parameters, contestants);
    }

    private void heat(
            int rounds,
            String scenario,
            String benchmark,
            int threads,
            Map<String, String> parameters,
            String... contestants) {
        heats.add(new ComparisonGroup(cases(scenario, benchmark, threads, parameters, contestants), rounds));
    }

    private static List<BenchmarkCase> cases(
            String scenario, String benchmark, int threads, Map<String, String> parameters, String... contestants) {
        return Stream.of(contestants)
                .map(contestant -> new BenchmarkCase(scenario, contestant, benchmark, threads, parameters))
                .toList();
    }

    private void grow(int rounds, String benchmark, String contestant) {
        heats.add(new ComparisonGroup(
                List.of(
                        new BenchmarkCase(Scenario.GROWTH_FEW, contestant, benchmark, 2, members(size.few())),
                        new BenchmarkCase(Scenario.GROWTH_MANY, contestant, benchmark, 2, members(size.many()))),
                rounds));
        other(Scenario.GROWTH, benchmark, 2, contestant);
    }

    private Map<String, String> plain() {
        return members(size.members());
    }

    private Map<String, String> mixed() {
        return Map.of("members", Integer.toString(size.members()), "withTabs", Integer.toString(size.members() / 9));
    }

    private Map<String, String> tabs(int each, boolean data) {
        return Map.of(
                "members",
                Integer.toString(size.members()),
                "tabs",
                Integer.toString(each),
                "data",
                Boolean.toString(data));
    }

    /** One member has a thousand sessions, and all others have one each. */
    private Map<String, String> many() {
        return Map.of("members", Integer.toString(size.members()), "many", Integer.toString(size.thousand()));
    }

    private static Map<String, String> members(int members) {
        return Map.of("members", Integer.toString(members));
    }

    private Map<String, String> rooms() {
        return Map.of("rooms", Integer.toString(size.rooms()));
    }
}
