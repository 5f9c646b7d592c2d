package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.contestant.ContestantTopic;
import io.github.presence4j.benchmarks.contestant.RedisServer;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A million members in one topic of a Redis: what each call does to others, and what a member weighs. */
final class LargeTopicProbe implements Probe {
    private static final int PER_CALL = 4096;
    private static final int UNDER_WAY = 512;

    @Override
    public String name() {
        return "a million members in one topic of a Redis";
    }

    @Override
    public List<Measurement> measure(RunSettings size) throws IOException {
        List<String> names = Arrays.asList(ShuffledNames.names(size.many()));
        MeasurementRecorder board = new MeasurementRecorder();
        for (String name : List.of("zadd-bulk", "presence4j")) {
            try (RedisServer server = RedisServer.start();
                    PingMonitor bystander = PingMonitor.of(server.uri());
                    RedisWatch watch = new RedisWatch(server.uri());
                    Contestant contestant = server.contestant(name)) {
                new Run(board, size.phase(), names, bystander, watch, "redis:" + name)
                        .all(contestant.room("crm_navbar:live_users"));
            }
        }
        return board.scores();
    }

    private record Run(
            MeasurementRecorder board,
            Duration time,
            List<String> names,
            PingMonitor bystander,
            RedisWatch watch,
            String contestant) {

        void all(ContestantTopic room) throws IOException {
            phase("nothing", time, () -> LockSupport.parkNanos(1_000_000));
            double before = watch.usedBytes();
            phase("joining by touchAll(4096), members", Duration.ZERO, () -> join(room));
            board.add(
                    Scenario.MILLION + "memory",
                    contestant,
                    Measurement.BYTES,
                    (watch.usedBytes() - before) / names.size());
            ShuffledNames walk = new ShuffledNames(names.size(), 0, 1);
            ClosedLoop window = new ClosedLoop(UNDER_WAY);
            phase("touch, 512 under way", time, () -> {
                String member = names.get(walk.next());
                window.begin(() -> room.touchAsync(member));
            });
            phase("isLive, 512 under way", time, () -> {
                String member = names.get(walk.next());
                window.begin(() -> room.isLiveAsync(member));
            });
            window.drain();
            phase("touchAll(4096)", time, () -> room.touchAll(some(walk)));
            phase("liveAmong(4096)", time, () -> room.liveAmong(some(walk)));
            phase("count", time, room::count);
            phase("list", time, room::list);
        }

        private List<String> some(ShuffledNames walk) {
            return IntStream.range(0, Math.min(PER_CALL, names.size()))
                    .mapToObj(i -> names.get(walk.next()))
                    .toList();
        }

        private void join(ContestantTopic room) {
            for (int from = 0; from < names.size(); from += PER_CALL) {
                room.touchAll(names.subList(from, Math.min(names.size(), from + PER_CALL)));
            }
        }

        private void phase(String what, Duration time, Runnable call) throws IOException {
            PingPhase phase = PingPhase.of(bystander, watch, time, call);
            String scenario = Scenario.MILLION + what;
            long calls = time.isZero() ? names.size() : phase.calls();
            board.add(scenario, contestant, Measurement.CALLS, calls / phase.seconds());
            board.add(scenario, contestant, "median ms", phase.medianPing());
            board.add(scenario, contestant, "p99.9 ms", phase.p999Ping());
            board.add(scenario, contestant, "slowest ms", phase.slowestPing());
            board.add(scenario, contestant, "longest command ms", phase.longestCommand());
        }
    }
}
