package io.github.presence4j.benchmarks;

import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread: its part of the members, where it is among them, and what it has under way. All threads have 512 together. */
@State(Scope.Thread)
public class LoadThread {
    private static final int UNDER_WAY = 512;

    private String[] names = {};
    private ShuffledNames walk = new ShuffledNames(1, 0, 1);
    private ClosedLoop window = new ClosedLoop(1);
    private SplittableRandom random = new SplittableRandom();
    private int thread;
    private int guests;

    /**
     * Divides the members and the 512 among the threads.
     *
     * @param threads which of how many this is
     * @param crowd the members
     */
    @Setup
    public void divide(ThreadParams threads, PopulatedTopic crowd) {
        names = crowd.names();
        thread = threads.getThreadIndex();
        walk = new ShuffledNames(names.length, thread, threads.getThreadCount());
        window = crowd.window(UNDER_WAY / threads.getThreadCount());
        random = new SplittableRandom(thread);
    }

    /** Waits for the calls under way, so that the next iteration starts without any. */
    @TearDown(Level.Iteration)
    public void drain() {
        window.drain();
    }

    ClosedLoop window() {
        return window;
    }

    String next() {
        return names[walk.next()];
    }

    List<String> next(int count) {
        return walk.next(names, count);
    }

    /** Returns the name of a member that is not live. */
    String guest() {
        return "guest-" + thread + '-' + guests++;
    }

    /** From 0 to 99. */
    int percent() {
        return random.nextInt(100);
    }
}
