package io.github.presence4j.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that was measured. */
final class FigureTables {
    private final Results results;

    FigureTables(Results results) {
        this.results = results;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        Map<String, List<Score>> byScenario = results.scores().stream()
                .collect(Collectors.groupingBy(Score::scenario, LinkedHashMap::new, Collectors.toList()));
        text.append("| scenario | contestant | | least to most | rounds |\n|---|---|---|---|---|\n");
        byScenario.forEach((scenario, scores) -> {
            String name = scenario;
            for (Score score : scores) {
                text.append("| ").append(name).append(line(score));
                name = "";
            }
        });
        return text.toString();
    }

    private static String line(Score score) {
        String range = score.rounds().size() > 1 ? Numbers.of(score.least()) + " to " + Numbers.of(score.most()) : "";
        return " | " + score.contestant() + " | " + number(score) + " | " + range + " | "
                + score.rounds().size() + " |\n";
    }

    private static String number(Score score) {
        return score.metric().indexOf(' ') > 0
                ? score.metric().replace(" ms", "") + " " + Numbers.of(score.typical()) + " ms"
                : Numbers.of(score.typical(), score.metric());
    }
}
