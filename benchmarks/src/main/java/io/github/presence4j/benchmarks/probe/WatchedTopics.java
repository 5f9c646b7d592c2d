package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import io.github.presence4j.spi.PresenceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What watching very many topics costs while nothing happens in them but heartbeats: the calls of the watches to the store in
 * 30 seconds, which is the longest pause between two looks at a topic. It is a count, so all three stores run at once.
 */
final class WatchedTopics implements Probe {
    private static final List<String> PRESENT = List.of("ana", "bo");
    private static final int UNDER_WAY = 64;
    /** Each topic beats this often while it is looked at, which is oftener than in life. */
    private static final int BEATS = 2;

    @Override
    public String name() {
        return "what watching 10 k quiet topics costs";
    }

    @Override
    public List<Measurement> measure(RunSettings size) {
        MeasurementRecorder board = new MeasurementRecorder();
        List<Watched> all = new ArrayList<>();
        try {
            for (String venue : List.of("memory", "redis", "hazelcast")) {
                all.add(new Watched(venue, size.watched()));
            }
            for (Watched watched : all) {
                watched.join();
            }
            beat(all, size.watching());
            for (Watched watched : all) {
                double calls = watched.calls.sum() / (size.watching().toNanos() / 1e9);
                board.add(Scenario.WATCHED, watched.venue + ":presence4j", Measurement.CALLS, calls);
            }
        } finally {
            all.forEach(Watched::close);
        }
        return board.scores();
    }

    private static void beat(List<Watched> all, Duration time) {
        all.forEach(watched -> watched.calls.reset());
        int beats = BEATS * all.get(0).topics.size();
        long began = System.nanoTime();
        for (int i = 0; i < beats; i++) {
            long due = began + time.toNanos() / beats * i;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            for (Watched watched : all) {
                watched.topics.get(i % watched.topics.size()).async().touchAll(PRESENT);
            }
        }
    }

    /** One store and the topics of one process there. */
    private static final class Watched implements AutoCloseable {
        private final String venue;
        private final LongAdder calls = new LongAdder();
        private final BenchmarkEnvironment here;
        private final PresenceStore store;
        private final Presence presence;
        private final List<PresenceTopic> topics = new ArrayList<>();

        Watched(String venue, int count) {
            this.venue = venue;
            this.here = BenchmarkEnvironment.host(venue);
            this.store = here.store();
            this.presence = Presence.using(new CountingStore(store, calls), PresenceConfig.defaults());
            for (int i = 0; i < count; i++) {
                topics.add(presence.topic("room:" + i));
            }
        }

        void join() {
            ClosedLoop window = new ClosedLoop(UNDER_WAY);
            topics.forEach(topic -> window.begin(() -> topic.async().touchAll(PRESENT)));
            window.drain();
            topics.forEach(topic -> window.begin(() -> watch(topic)));
            window.drain();
        }

        /** Complete with its snapshot: no application begins to watch ten thousand topics in one moment. */
        private static CompletionStage<Boolean> watch(PresenceTopic topic) {
            CompletableFuture<Boolean> snapshot = new CompletableFuture<>();
            topic.watch(event -> snapshot.complete(true));
            return snapshot;
        }

        @Override
        public void close() {
            presence.close();
            store.close();
            here.close();
        }
    }
}
