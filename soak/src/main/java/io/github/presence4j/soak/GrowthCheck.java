package io.github.presence4j.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the resources in use at each pause with those at the first. */
final class GrowthCheck {
    /**
     * How much more than at the first pause does not count as growth: the effects of a busy machine, a late garbage collection
     * and a restarted server. A leak in each round exceeds it within an hour.
     */
    private static final Map<String, Slack> SLACK = Map.of(
            "threads", new Slack(8, 0),
            "heap", new Slack(16 * 1024, 0.3),
            "connections", new Slack(1, 0),
            "server", new Slack(2 * 1024, 0.3),
            "keys", new Slack(8, 0.1));

    private final Map<String, Long> first = new LinkedHashMap<>();

    private record Slack(long more, double share) {
        long most(long first) {
            return first + more + Math.round(first * share);
        }
    }

    /** Returns the names and values that have grown. */
    List<String> grown(Map<String, Long> taken) {
        List<String> grown = new ArrayList<>();
        taken.forEach((name, now) -> {
            Long before = first.putIfAbsent(name, now);
            Slack slack = SLACK.get(name.split(" ", 2)[0]);
            if (slack == null) {
                throw new IllegalStateException("No slack is defined for measurement: " + name);
            }
            if (before != null && now > slack.most(before)) {
                grown.add(name + " were " + before + " at the first pause and are " + now + ", more than "
                        + slack.most(before));
            }
        });
        return grown;
    }
}
