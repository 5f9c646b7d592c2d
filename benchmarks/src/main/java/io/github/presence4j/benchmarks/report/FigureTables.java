package io.github.presence4j.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that was measured. */
final class FigureTables {
    private final RunResults results;

    FigureTables(RunResults results) {
        this.results = results;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        Map<String, List<Measurement>> byScenario = results.scores().stream()
                .collect(Collectors.groupingBy(Measurement::scenario, LinkedHashMap::new, Collectors.toList()));
        text.append("| scenario | contestant | | least to most | rounds |\n|---|---|---|---|---|\n");
        byScenario.forEach((scenario, scores) -> {
            String name = scenario;
            for (Measurement score : scores) {
                text.append("| ").append(name).append(line(score));
                name = "";
            }
        });
        return text.toString();
    }

    private static String line(Measurement score) {
        String range = score.rounds().size() > 1
                ? ReadableNumbers.of(score.least()) + " to " + ReadableNumbers.of(score.most())
                : "";
        return " | " + score.contestant() + " | " + number(score) + " | " + range + " | "
                + score.rounds().size() + " |\n";
    }

    private static String number(Measurement score) {
        return score.metric().indexOf(' ') > 0
                ? score.metric().replace(" ms", "") + " " + ReadableNumbers.of(score.typical()) + " ms"
                : ReadableNumbers.of(score.typical(), score.metric());
    }
}
