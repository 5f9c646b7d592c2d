package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.contestant.SecondProcess;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import io.github.presence4j.spi.PresenceStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * From a touch in one process to the event in another. Two hundred a second are due at times fixed beforehand, and each counts
 * from when it was due, whatever held it up: the loop is open, and who is slow does not slow down the question. So few calls take
 * long to get warm: three thousand come before those that count.
 */
final class WatchLatency implements Probe {
    static final String TOPIC = "crm_navbar:live_users";
    private static final Duration START = Duration.ofSeconds(60);
    private static final int PHASES_PER_ROUND = 2;

    private final String venue;

    WatchLatency(String venue) {
        this.venue = venue;
    }

    @Override
    public String name() {
        return "how late a join is seen elsewhere, " + venue;
    }

    @Override
    public List<Measurement> measure(RunSettings size) throws Exception {
        Duration round = size.phase().multipliedBy(PHASES_PER_ROUND);
        Duration warm = size.watching().dividedBy(2);
        Duration all = warm.plus(round.multipliedBy(size.rounds()));
        JoinLatency arrivals = new JoinLatency(warm, round, size.rounds());
        try (BenchmarkEnvironment here = BenchmarkEnvironment.host(venue);
                PresenceStore store = here.store();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            presence.topic(TOPIC).watch(arrivals);
            arrivals.snapshot().get(START.toMillis(), TimeUnit.MILLISECONDS);
            AutoCloseable beats = beats(here, store, all);
            try {
                arrivals.last().get(START.plus(all).toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                beats.close();
            }
        }
        MeasurementRecorder board = new MeasurementRecorder();
        arrivals.report((metric, millis) -> board.add(Scenario.WATCH, venue + ":presence4j", metric, millis));
        return board.scores();
    }

    /** In memory there is no other process, but another application's object on the same store. */
    private AutoCloseable beats(BenchmarkEnvironment here, PresenceStore store, Duration time) throws IOException {
        if (!venue.equals("memory")) {
            return SecondProcess.start(JoinGenerator.class, venue, here.address(), Long.toString(time.toMillis()));
        }
        Thread thread = new Thread(
                () -> {
                    try (Presence other = Presence.using(store, PresenceConfig.defaults())) {
                        JoinGenerator.run(other, time);
                    }
                },
                "beats");
        thread.start();
        return () -> {
            thread.interrupt();
            thread.join();
        };
    }
}
