package io.github.presence4j.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The topics that all processes use, and their live members while the load pauses. */
final class SoakTopics {
    static final Duration TTL = Duration.ofSeconds(9);
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** The topic that is never reset, because each process holds a lease in it from start to end. */
    static final String STEADY = "steady";

    /** The topics that are always watched, and sometimes reset. */
    static final List<String> WATCHED = named("room ", 4);

    /** The topics that are watched and held only sometimes. */
    static final List<String> PASSING = named("passing ", 8);

    /** The members that the load never names. */
    static final List<String> FIXED = named("fixed ", 50);

    private SoakTopics() {}

    private static List<String> named(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    static List<String> onView() {
        return Stream.concat(Stream.of(STEADY), WATCHED.stream()).toList();
    }

    static List<String> all() {
        return Stream.concat(onView().stream(), PASSING.stream()).toList();
    }

    static String holder(int process) {
        return "holder " + process;
    }

    /** Returns the live members of a watched topic while the load pauses. */
    static Set<String> quiet(String topic, int processes) {
        List<String> live = new ArrayList<>(FIXED);
        if (topic.equals(STEADY)) {
            IntStream.range(0, processes).mapToObj(SoakTopics::holder).forEach(live::add);
        }
        return new TreeSet<>(live);
    }
}
