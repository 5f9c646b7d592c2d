package io.github.presence4j.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pictures of a report. */
final class ReportCharts {
    private static final String OURS = "presence4j";
    private static final double MERIT_SHOWN = 0.02;

    private final RunResults results;
    private final Map<String, BarChart> pictures = new LinkedHashMap<>();

    ReportCharts(RunResults results) {
        this.results = results;
        targets();
        speed(
                "memory",
                "In memory: calls a second",
                Scenario.RENEW,
                Scenario.RENEW_SPREAD,
                Scenario.TAB_RENEW,
                Scenario.TAB_DATA_RENEW,
                Scenario.IS_LIVE,
                Scenario.TOUCH_ALL,
                Scenario.LIVE_AMONG,
                Scenario.CRM);
        speed(
                "redis",
                "Redis: calls a second",
                Scenario.TOUCH,
                Scenario.TAB,
                Scenario.TAB_DATA,
                Scenario.THREE_TABS,
                Scenario.TOUCH_ALL,
                Scenario.RENEW_64,
                Scenario.RENEW_1,
                Scenario.ROOMS,
                Scenario.IS_LIVE_ASYNC,
                Scenario.LIVE_AMONG,
                Scenario.CRM);
        speed(
                "hazelcast",
                "Hazelcast, two members: calls a second",
                Scenario.TOUCH,
                Scenario.TAB,
                Scenario.TAB_DATA,
                Scenario.THREE_TABS,
                Scenario.TOUCH_ALL,
                Scenario.RENEW_64,
                Scenario.RENEW_1,
                Scenario.IS_LIVE_ASYNC,
                Scenario.LIVE_AMONG,
                Scenario.CRM);
        lists();
        growth();
        watch();
        million();
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, BarChart> picture : pictures.entrySet()) {
            if (!picture.getValue().isEmpty()) {
                picture.getValue().write(folder.resolve(picture.getKey() + ".svg"));
            }
        }
    }

    boolean has(String name) {
        BarChart bars = pictures.get(name);
        return bars != null && !bars.isEmpty();
    }

    /** By how much each target is exceeded or missed, whichever side is good. */
    private void targets() {
        BarChart bars =
                new BarChart("Targets: green bars, right of the line, are met", "times as good as wanted").from(1);
        for (Target target : Targets.all()) {
            Optional<Ratio> ratio = target.ratio(results).filter(known -> target.official());
            ratio.ifPresent(known -> bars.add(
                    target.group(),
                    TargetTable.what(target) + TargetTable.than(target),
                    Math.max(MERIT_SHOWN, Math.min(1 / MERIT_SHOWN, target.merit(known.value()))),
                    ReadableNumbers.of(known.value()) + " (" + TargetTable.wanted(target) + ")",
                    target.isMet(known) ? BarChart.GOOD : BarChart.BAD));
        }
        pictures.put("targets", bars);
    }

    private void speed(String venue, String title, String... scenarios) {
        BarChart bars = new BarChart(title, "calls a second");
        for (String scenario : scenarios) {
            add(bars, venue, scenario, Measurement.CALLS, scenario);
        }
        pictures.put(venue, bars);
    }

    private void lists() {
        BarChart bars = new BarChart("Listing 100 k members: less is better", "ms");
        for (String venue : List.of("memory", "redis", "hazelcast")) {
            add(bars, venue, Scenario.LIST, Measurement.MILLIS, venue);
        }
        pictures.put("lists", bars);
    }

    private void growth() {
        BarChart bars = new BarChart(
                "What a touch costs as a topic grows: the wanted limit is 1.5", "times the cost at 10 k members");
        Map<String, String> sizes = new LinkedHashMap<>();
        sizes.put("10 k", Scenario.GROWTH_FEW);
        sizes.put("100 k", Scenario.GROWTH);
        sizes.put("1 M", Scenario.GROWTH_MANY);
        for (String venue : List.of("memory", "redis", "hazelcast")) {
            Optional<Measurement> few = results.find(Scenario.GROWTH_FEW, venue + ":" + OURS, Measurement.CALLS);
            sizes.forEach((members, scenario) ->
                    few.ifPresent(base -> results.find(scenario, venue + ":" + OURS, Measurement.CALLS)
                            .ifPresent(score -> {
                                double cost = Ratio.of(base, score).value();
                                bars.add(venue, members + " members", cost, ReadableNumbers.of(cost), BarChart.OURS);
                            })));
        }
        pictures.put("growth", bars);
    }

    private void watch() {
        BarChart bars = new BarChart("How late a join is seen in another process", "ms");
        for (String venue : List.of("memory", "redis", "hazelcast")) {
            for (String percentile : List.of("p50", "p99", "p99.9")) {
                results.find(Scenario.WATCH, venue + ":" + OURS, percentile + " ms")
                        .ifPresent(score -> bars.add(
                                venue,
                                percentile,
                                score.typical(),
                                ReadableNumbers.of(score.typical()) + " ms",
                                percentile.equals("p99") ? BarChart.OURS : BarChart.PALE));
            }
        }
        pictures.put("watch", bars);
    }

    private void million() {
        BarChart bars = new BarChart(
                "1 M members in one topic of a Redis: what all but 0.1 % of others' PINGs wait at the most", "ms");
        results.scores().stream()
                .map(Measurement::scenario)
                .filter(scenario -> scenario.startsWith(Scenario.MILLION))
                .distinct()
                .forEach(scenario ->
                        add(bars, "redis", scenario, "p99.9 ms", scenario.substring(Scenario.MILLION.length())));
        pictures.put("million", bars);
    }

    private void add(BarChart bars, String venue, String scenario, String metric, String group) {
        results.scores().stream()
                .filter(score -> score.scenario().equals(scenario)
                        && score.metric().equals(metric)
                        && score.contestant().startsWith(venue + ":"))
                .sorted((a, b) -> Boolean.compare(isOurs(b), isOurs(a)))
                .forEach(score -> add(bars, score, group));
    }

    private static void add(BarChart bars, Measurement score, String group) {
        String name = score.contestant()
                .substring(score.contestant().indexOf(':') + 1)
                .replace("-spread", "");
        bars.add(
                group,
                name,
                score.typical(),
                ReadableNumbers.of(score.typical()),
                isOurs(score) ? BarChart.OURS : BarChart.OTHER);
    }

    private static boolean isOurs(Measurement score) {
        return score.contestant().contains(":" + OURS);
    }
}
