package io.github.presence4j.benchmarks;

import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.contestant.ContestantTopic;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.SessionBeats;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A contestant and everybody there, who joined in another order than they are touched in. */
@State(Scope.Benchmark)
public class PopulatedTopic {
    private static final String TOPIC = "crm_navbar:live_users";
    private static final int PER_JOIN = 1000;

    @Param("memory:presence4j")
    private String contestant = "";

    @Param("100000")
    private int members;

    /** How many others are there who have a tab, and are not touched. */
    @Param("0")
    private int withTabs;

    @Param(BenchmarkEnvironment.OWN)
    private String server = "";

    private final Queue<ClosedLoop> windows = new ConcurrentLinkedQueue<>();
    private String[] names = {};

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private BenchmarkEnvironment venue;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private Contestant presence;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private ContestantTopic room;

    /** Opens the venue and lets everybody join. */
    @Setup
    public void join() {
        venue = BenchmarkEnvironment.of(contestant, server);
        presence = venue.open(contestant);
        String topic = server.equals(BenchmarkEnvironment.OWN) ? TOPIC : contestant;
        room = presence.room(topic);
        names = ShuffledNames.names(members);
        List<String> order = Arrays.asList(names.clone());
        Collections.shuffle(order, new Random(7));
        for (int from = 0; from < members; from += PER_JOIN) {
            room.join(order.subList(from, Math.min(members, from + PER_JOIN)));
        }
        if (withTabs > 0) {
            presence.sessions(topic).join(List.of(SessionBeats.of(othersNames(), 1, null)));
        }
    }

    private String[] othersNames() {
        return IntStream.range(0, withTabs).mapToObj(i -> "with-a-tab-" + i).toArray(String[]::new);
    }

    /** Ends both, once nothing is under way: JMH lets the first thread that is done close, whatever the others still wait for. */
    @TearDown
    public void close() {
        windows.forEach(ClosedLoop::drain);
        presence.close();
        venue.close();
    }

    /** A window whose calls have to end before this does. */
    ClosedLoop window(int size) {
        ClosedLoop window = new ClosedLoop(size);
        windows.add(window);
        return window;
    }

    ContestantTopic room() {
        return room;
    }

    String[] names() {
        return names;
    }
}
