package io.github.presence4j.benchmarks;

import io.github.presence4j.Touch;
import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.contestant.SessionTopic;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.SessionBeats;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A contestant and everybody there, each with sessions that have begun, in another order than they are touched in. */
@State(Scope.Benchmark)
public class PopulatedSessions {
    private static final String TOPIC = "crm_navbar:live_users";
    private static final String PAGE = "contacts";
    private static final String OTHER_PAGE = "invoices";
    private static final int PER_JOIN = 1000;

    @Param("memory:presence4j")
    private String contestant = "";

    @Param("100000")
    private int members;

    /** Sessions of each member. */
    @Param("1")
    private int tabs;

    @Param("true")
    private boolean data;

    /** How many sessions one further member has; 0 if there is none. */
    @Param("0")
    private int many;

    @Param(BenchmarkEnvironment.OWN)
    private String server = "";

    private final Queue<ClosedLoop> windows = new ConcurrentLinkedQueue<>();
    private Touch[] beats = {};
    private Touch[] changed = {};
    private Touch[] beatsOfOne = {};

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private BenchmarkEnvironment venue;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private Contestant presence;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private SessionTopic room;

    /** Opens the venue and lets all sessions begin. */
    @Setup
    public void join() {
        venue = BenchmarkEnvironment.of(contestant, server);
        presence = venue.open(contestant);
        room = presence.sessions(server.equals(BenchmarkEnvironment.OWN) ? TOPIC : "sessions of " + contestant);
        String[] one = many == 0 ? new String[0] : new String[] {"an account that many share"};
        begin(SessionBeats.of(ShuffledNames.names(members), tabs, page(PAGE)));
        begin(SessionBeats.of(one, many, page(PAGE)));
        String[] names = ShuffledNames.names(members);
        beats = SessionBeats.of(names, tabs, page(PAGE));
        changed = SessionBeats.of(names, tabs, page(OTHER_PAGE));
        beatsOfOne = SessionBeats.of(one, many, page(PAGE));
    }

    private @Nullable String page(String name) {
        return data ? name : null;
    }

    private void begin(Touch[] sessions) {
        List<Touch> order = Arrays.asList(sessions);
        Collections.shuffle(order, new Random(7));
        for (int from = 0; from < order.size(); from += PER_JOIN) {
            room.join(order.subList(from, Math.min(order.size(), from + PER_JOIN)));
        }
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

    SessionTopic room() {
        return room;
    }

    /** Returns a beat of each session of the members that have equally many. */
    Touch[] beats() {
        return beats;
    }

    /** Returns beats of the same sessions that say something else. */
    Touch[] changed() {
        return changed;
    }

    /** Returns a beat of each session of the one member that has many. */
    Touch[] beatsOfOne() {
        return beatsOfOne;
    }
}
