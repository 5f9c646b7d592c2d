package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.PresenceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;
import org.HdrHistogram.Histogram;

/** Hears of those who join, and how late, round by round by when they were due. What comes first only warms up. */
final class JoinLatency implements Consumer<PresenceEvent> {
    private static final double MICROS = 1e3;

    private final long warm;
    private final long length;
    private final List<Histogram> rounds = new ArrayList<>();
    private final CompletableFuture<Boolean> snapshot = new CompletableFuture<>();
    private final CompletableFuture<Boolean> last = new CompletableFuture<>();
    private long first;

    JoinLatency(Duration warm, Duration round, int rounds) {
        this.warm = JoinGenerator.micros(warm);
        this.length = JoinGenerator.micros(round);
        for (int i = 0; i < rounds; i++) {
            this.rounds.add(new Histogram(3));
        }
    }

    /** Events come one after another. */
    @Override
    public void accept(PresenceEvent event) {
        if (!(event instanceof PresenceEvent.Joined joined)) {
            snapshot.complete(true);
            return;
        }
        long due = Long.parseLong(joined.member());
        first = first == 0 ? due : first;
        long since = due - first - warm;
        if (since >= length * rounds.size()) {
            last.complete(true);
        } else if (since >= 0) {
            rounds.get((int) (since / length)).recordValue(Math.max(0, JoinGenerator.now() - due));
        }
    }

    /** Complete once the watch has begun: the first event is its snapshot. */
    CompletableFuture<Boolean> snapshot() {
        return snapshot;
    }

    /** Completes once a member has joined that was due after the last round. */
    CompletableFuture<Boolean> last() {
        return last;
    }

    void report(ObjDoubleConsumer<String> to) {
        for (Histogram round : rounds) {
            to.accept("p50 ms", round.getValueAtPercentile(50) / MICROS);
            to.accept("p99 ms", round.getValueAtPercentile(99) / MICROS);
            to.accept("p99.9 ms", round.getValueAtPercentile(99.9) / MICROS);
        }
    }
}
