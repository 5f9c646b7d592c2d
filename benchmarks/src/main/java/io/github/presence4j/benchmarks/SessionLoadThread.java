package io.github.presence4j.benchmarks;

import io.github.presence4j.Touch;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread: its part of the sessions, where it is among them, and what it has under way. All threads have 512 together. */
@State(Scope.Thread)
public class SessionLoadThread {
    private static final int UNDER_WAY = 512;
    private static final int BEATS_PER_CHANGE = 20;

    private Touch[] beats = {};
    private Touch[] changed = {};
    private Touch[] beatsOfOne = {};
    private boolean[] isChanged = {};
    private ShuffledNames walk = new ShuffledNames(1, 0, 1);
    private ShuffledNames walkOfOne = new ShuffledNames(1, 0, 1);
    private ClosedLoop window = new ClosedLoop(1);
    private SplittableRandom random = new SplittableRandom();
    private String tab = "";
    private int thread;
    private int guests;

    /**
     * Divides the sessions and the 512 among the threads.
     *
     * @param threads which of how many this is
     * @param crowd the sessions
     */
    @Setup
    public void divide(ThreadParams threads, PopulatedSessions crowd) {
        beats = crowd.beats();
        changed = crowd.changed();
        beatsOfOne = crowd.beatsOfOne();
        isChanged = new boolean[beats.length];
        thread = threads.getThreadIndex();
        walk = new ShuffledNames(beats.length, thread, threads.getThreadCount());
        walkOfOne = new ShuffledNames(beatsOfOne.length, thread, threads.getThreadCount());
        window = crowd.window(UNDER_WAY / threads.getThreadCount());
        random = new SplittableRandom(thread);
        tab = new UUID(thread, thread).toString();
    }

    /** Waits for the calls under way, so that the next iteration starts without any. */
    @TearDown(Level.Iteration)
    public void drain() {
        window.drain();
    }

    ClosedLoop window() {
        return window;
    }

    /** Returns the next session's beat, which says what the session said before. */
    Touch next() {
        return beats[walk.next()];
    }

    /** Returns the next session's beat, which in 1 of 20 cases says something else than the session said before. */
    Touch nextChanging() {
        int session = walk.next();
        isChanged[session] ^= random.nextInt(BEATS_PER_CHANGE) == 0;
        return isChanged[session] ? changed[session] : beats[session];
    }

    /** Returns the next session's beat of the one member that has many. */
    Touch nextOfOne() {
        return beatsOfOne[walkOfOne.next()];
    }

    /** Returns beats of sessions one after the other. */
    List<Touch> next(int count) {
        List<Touch> chosen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(next());
        }
        return chosen;
    }

    /** Returns beats of different sessions of the one member that has many. */
    List<Touch> nextOfOne(int count) {
        List<Touch> chosen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(nextOfOne());
        }
        return chosen;
    }

    /** Returns the first beat of a member that is not live. */
    Touch guest() {
        return new Touch("guest-" + thread + '-' + guests++, tab, beats[0].data());
    }
}
