package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.contestant.ContestantTopic;
import io.github.presence4j.benchmarks.contestant.RedisServer;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What others wait for a server while everybody is listed, again and again. Who shares the machine is in that number too, so
 * there is a phase in which nothing runs.
 */
final class ListingProbe implements Probe {
    private static final List<String> NAMES = List.of("presence4j", "zadd");
    private static final int PER_JOIN = 1000;

    @Override
    public String name() {
        return "what others wait while everybody is listed";
    }

    @Override
    public List<Measurement> measure(RunSettings size) throws IOException {
        MeasurementRecorder board = new MeasurementRecorder();
        try (RedisServer server = RedisServer.start();
                RedisWatch watch = new RedisWatch(server.uri());
                PingMonitor bystander = PingMonitor.of(server.uri());
                Contestant ours = server.contestant(NAMES.get(0));
                Contestant plain = server.contestant(NAMES.get(1))) {
            List<ContestantTopic> rooms = List.of(ours.room("ours"), plain.room("plain"));
            List<String> all = Arrays.asList(ShuffledNames.names(size.members()));
            for (ContestantTopic room : rooms) {
                for (int from = 0; from < all.size(); from += PER_JOIN) {
                    room.touchAll(all.subList(from, Math.min(all.size(), from + PER_JOIN)));
                }
                room.list();
            }
            for (int round = 0; round < size.rounds(); round++) {
                add(board, "redis:nothing", PingPhase.of(bystander, watch, size.phase(), ListingProbe::pause));
                for (int i = 0; i < rooms.size(); i++) {
                    add(
                            board,
                            "redis:" + NAMES.get(i),
                            PingPhase.of(bystander, watch, size.phase(), rooms.get(i)::list));
                }
            }
        }
        return board.scores();
    }

    private static void add(MeasurementRecorder board, String contestant, PingPhase phase) {
        board.add(Scenario.LIST_COMMAND, contestant, Measurement.MILLIS, phase.longestCommand());
        board.add(Scenario.LIST_PING, contestant, Measurement.MILLIS, phase.slowestPing());
        board.add(Scenario.LIST_PING, contestant, "p99.9 ms", phase.p999Ping());
        board.add(Scenario.LIST_PING, contestant, "median ms", phase.medianPing());
    }

    private static void pause() {
        LockSupport.parkNanos(1_000_000);
    }
}
