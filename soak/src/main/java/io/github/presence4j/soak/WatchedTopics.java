package io.github.presence4j.soak;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceException;
import io.github.presence4j.testkit.fault.EventOrderChecker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The watched topics as this process sees them, from its start to its end. */
final class WatchedTopics {
    private final Presence presence;
    private final int processes;
    private final Map<String, EventOrderChecker> onlookers = new LinkedHashMap<>();

    WatchedTopics(Presence presence, int processes) {
        this.presence = presence;
        this.processes = processes;
        for (String topic : SoakTopics.onView()) {
            EventOrderChecker onlooker = new EventOrderChecker();
            onlookers.put(topic, onlooker);
            presence.topic(topic).watch(onlooker::see);
        }
    }

    /**
     * Returns an empty text if the watch and the store agree with the expected live members of each topic while the load pauses;
     * else the difference.
     */
    String difference() {
        StringBuilder found = new StringBuilder();
        onlookers.forEach((topic, onlooker) -> {
            Set<String> quiet = SoakTopics.quiet(topic, processes);
            found.append(difference(topic + " as watched", quiet, onlooker.view()));
            try {
                found.append(difference(
                        topic + " as listed",
                        quiet,
                        new TreeSet<>(presence.topic(topic).list())));
            } catch (PresenceException e) {
                found.append(topic).append(" cannot be listed: ").append(e.getMessage());
            }
            if (!onlooker.violations().isEmpty()) {
                found.append(topic)
                        .append(" breaks ")
                        .append(onlooker.violations().get(0));
            }
        });
        return found.toString().replace('\n', ' ');
    }

    private static String difference(String what, Set<String> expected, Set<String> found) {
        if (found.equals(expected)) {
            return "";
        }
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> ghosts = new TreeSet<>(found);
        ghosts.removeAll(expected);
        return what + ": misses " + missing.size() + first(missing) + ", has " + ghosts.size() + " others"
                + first(ghosts) + "; ";
    }

    private static String first(Set<String> names) {
        return names.stream().limit(3).toList().toString();
    }
}
