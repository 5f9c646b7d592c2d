package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.report.Measurement;
import java.util.List;
import java.util.stream.Stream;

/** Measures something that is no throughput. */
public interface Probe {

    /** {@return what, for who looks on} */
    String name();

    /**
     * Measures.
     *
     * @param size how much
     * @return what was found
     * @throws Exception if it cannot be measured
     */
    List<Measurement> measure(RunSettings size) throws Exception;

    /**
     * All of them.
     *
     * @param size how much; a quick set leaves out what no target judges
     * @return in the order in which to run them
     */
    static List<Probe> all(RunSettings size) {
        List<Probe> judged = List.of(
                new MemoryProbe(),
                new SessionMemory(),
                new ServerCpu(),
                new SessionServerCpu(),
                new ListingProbe(),
                new WatchLatency("memory"),
                new WatchLatency("redis"),
                new WatchLatency("hazelcast"),
                new WatchedTopics());
        return size.otherRounds() == 0
                ? judged
                : Stream.concat(judged.stream(), Stream.of(new LargeTopicProbe()))
                        .toList();
    }
}
