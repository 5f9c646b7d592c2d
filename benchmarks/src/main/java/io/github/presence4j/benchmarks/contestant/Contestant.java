package io.github.presence4j.benchmarks.contestant;

import java.time.Duration;

/** What keeps track of who is live, so that each scenario is written once. All with the defaults of their makers. */
public interface Contestant extends AutoCloseable {
    /** The seed's. */
    Duration TTL = Duration.ofMinutes(5);

    /**
     * One topic.
     *
     * @param topic its name
     * @return may be kept or asked for each time
     */
    ContestantTopic room(String topic);

    /**
     * The sessions of one topic. Those of a contestant that has sessions are of the members in the room of that name.
     *
     * @param topic its name
     * @return may be kept or asked for each time
     */
    default SessionTopic sessions(String topic) {
        throw new UnsupportedOperationException(this + " keeps no sessions");
    }

    @Override
    void close();
}
