package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.contestant.RedisServer;
import io.github.presence4j.benchmarks.contestant.Room;
import io.github.presence4j.benchmarks.load.Size;
import io.github.presence4j.benchmarks.load.Walk;
import io.github.presence4j.benchmarks.load.Window;
import io.github.presence4j.benchmarks.report.Board;
import io.github.presence4j.benchmarks.report.Scenario;
import io.github.presence4j.benchmarks.report.Score;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A million members in one topic of a Redis: what each call does to others, and what a member weighs. */
final class Million implements Probe {
    private static final int PER_CALL = 4096;
    private static final int UNDER_WAY = 512;

    @Override
    public String name() {
        return "a million members in one topic of a Redis";
    }

    @Override
    public List<Score> measure(Size size) throws IOException {
        List<String> names = Arrays.asList(Walk.names(size.many()));
        Board board = new Board();
        for (String name : List.of("zadd-bulk", "presence4j")) {
            try (RedisServer server = RedisServer.start();
                    Bystander bystander = Bystander.of(server.uri());
                    RedisWatch watch = new RedisWatch(server.uri());
                    Contestant contestant = server.contestant(name)) {
                new Run(board, size.phase(), names, bystander, watch, "redis:" + name)
                        .all(contestant.room("crm_navbar:live_users"));
            }
        }
        return board.scores();
    }

    private record Run(
            Board board, Duration time, List<String> names, Bystander bystander, RedisWatch watch, String contestant) {

        void all(Room room) throws IOException {
            phase("nothing", time, () -> LockSupport.parkNanos(1_000_000));
            double before = watch.usedBytes();
            phase("joining by touchAll(4096), members", Duration.ZERO, () -> join(room));
            board.add(
                    Scenario.MILLION + "memory", contestant, Score.BYTES, (watch.usedBytes() - before) / names.size());
            Walk walk = new Walk(names.size(), 0, 1);
            Window window = new Window(UNDER_WAY);
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

        private List<String> some(Walk walk) {
            return IntStream.range(0, Math.min(PER_CALL, names.size()))
                    .mapToObj(i -> names.get(walk.next()))
                    .toList();
        }

        private void join(Room room) {
            for (int from = 0; from < names.size(); from += PER_CALL) {
                room.touchAll(names.subList(from, Math.min(names.size(), from + PER_CALL)));
            }
        }

        private void phase(String what, Duration time, Runnable call) throws IOException {
            Phase phase = Phase.of(bystander, watch, time, call);
            String scenario = Scenario.MILLION + what;
            long calls = time.isZero() ? names.size() : phase.calls();
            board.add(scenario, contestant, Score.CALLS, calls / phase.seconds());
            board.add(scenario, contestant, "median ms", phase.medianPing());
            board.add(scenario, contestant, "p99.9 ms", phase.p999Ping());
            board.add(scenario, contestant, "slowest ms", phase.slowestPing());
            board.add(scenario, contestant, "longest command ms", phase.longestCommand());
        }
    }
}
