package io.github.presence4j.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The results of one round. */
final class RoundResult {
    private final int round;
    private final List<String> faults;
    private final List<String> wrong = new ArrayList<>();
    private long calls;
    private long failed;
    private long longest;

    /** Creates a row; {@code answers} are those of {@link CallCounts#take}. */
    RoundResult(int round, List<String> faults, List<String> answers) {
        this.round = round;
        this.faults = faults;
        for (String answer : answers) {
            String[] fields = answer.split(" ", 4);
            calls += Long.parseLong(fields[0]);
            failed += Long.parseLong(fields[1]);
            longest = Math.max(longest, Long.parseLong(fields[2]));
            if (!fields[3].equals("[]")) {
                wrong.add("no outage by its name: " + fields[3]);
            }
        }
    }

    void print(Map<String, Long> taken, Duration equal) {
        if (round == 1) {
            System.out.println("| round | faults | calls | failed | longest call, ms | equal after, ms | "
                    + String.join(" | ", taken.keySet()) + " |");
            System.out.println("|---".repeat(6 + taken.size()) + "|");
        }
        System.out.printf(
                "| %d | %s | %d | %d | %d | %d |%s |%n",
                round,
                String.join(", ", faults),
                calls,
                failed,
                longest,
                equal.toMillis(),
                taken.values().stream()
                        .map(value -> " " + value)
                        .reduce((one, other) -> one + " |" + other)
                        .orElse(""));
    }

    List<String> wrong(Duration longestCall) {
        List<String> found = new ArrayList<>(wrong);
        if (longest > longestCall.toMillis()) {
            found.add("a call took " + longest + " ms, more than " + longestCall.toMillis());
        }
        return found;
    }
}
