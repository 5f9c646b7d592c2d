package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.Touch;
import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.contestant.SessionTopic;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.load.SessionBeats;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * What a member with a tab and data weighs: on a Redis by {@code used_memory}, in this process by the heap, before and after
 * everybody joined. The heap is weighed twice: without the texts that the caller has anyway, where they are not copies, as {@link
 * MemoryProbe} does it; and with all texts that stay, as if each came from the network.
 */
final class SessionMemory implements Probe {
    private static final int PER_JOIN = 1000;
    private static final List<String> HERE = List.of("memory:presence4j", "memory:hash-map");
    private static final List<String> OTHERS_HERE =
            List.of("memory:caffeine", "hazelcast:presence4j", "hazelcast:set-async");
    private static final List<String> SERVED = List.of("redis:presence4j", "redis:zadd-hset");

    @Override
    public String name() {
        return "memory per member with a tab and data";
    }

    @Override
    public List<Measurement> measure(RunSettings size) {
        MeasurementRecorder board = new MeasurementRecorder();
        for (int round = 0; round < size.rounds(); round++) {
            for (String contestant : SERVED) {
                Touch[] beats = beats(size.members());
                board.add(Scenario.TAB_MEMORY, contestant, Measurement.BYTES, onServer(contestant, size, beats));
            }
            for (String contestant : here(size)) {
                Touch[] beats = beats(size.members());
                board.add(Scenario.TAB_MEMORY, contestant, Measurement.BYTES, onHeap(contestant, size, beats));
                double all = onHeap(contestant, size, new Touch[0]);
                board.add(Scenario.TAB_MEMORY_ALL, contestant, Measurement.BYTES, all);
            }
        }
        return board.scores();
    }

    /** A quick set leaves out what no target judges. */
    private static List<String> here(RunSettings size) {
        return size.otherRounds() == 0
                ? HERE
                : Stream.concat(HERE.stream(), OTHERS_HERE.stream()).toList();
    }

    private static Touch[] beats(int members) {
        return SessionBeats.of(ShuffledNames.names(members), 1, "contacts");
    }

    private static double onServer(String name, RunSettings size, Touch[] beats) {
        try (BenchmarkEnvironment venue = BenchmarkEnvironment.of(name, size.server(name));
                RedisWatch watch = new RedisWatch(venue.address())) {
            return weigh(name, venue, beats, size.members(), watch::usedBytes);
        }
    }

    private static double onHeap(String name, RunSettings size, Touch[] beats) {
        try (BenchmarkEnvironment venue = BenchmarkEnvironment.of(name, size.server(name))) {
            return weigh(name, venue, beats, size.members(), MemoryProbe::used);
        }
    }

    /** Without beats, it makes some of its own and forgets them before it weighs. */
    private static double weigh(
            String name, BenchmarkEnvironment venue, Touch[] beats, int members, DoubleSupplier scales) {
        try (Contestant contestant = venue.open(name)) {
            join(contestant.sessions("warm sessions of " + name), beats(1));
            SessionTopic room =
                    contestant.sessions("weighed sessions of " + name + (beats.length == 0 ? " and all" : ""));
            double before = scales.getAsDouble();
            join(room, beats.length == 0 ? beats(members) : beats);
            double after = scales.getAsDouble();
            if (room.count() != members) {
                throw new IllegalStateException(name + " lost a session");
            }
            return (after - before) / members;
        } finally {
            Reference.reachabilityFence(beats); // else the caller's texts could be collected before they are weighed
        }
    }

    private static void join(SessionTopic room, Touch[] beats) {
        List<Touch> all = Arrays.asList(beats);
        for (int from = 0; from < all.size(); from += PER_JOIN) {
            room.join(all.subList(from, Math.min(all.size(), from + PER_JOIN)));
        }
    }
}
