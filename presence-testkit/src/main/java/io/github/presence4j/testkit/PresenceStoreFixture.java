package io.github.presence4j.testkit;

import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.time.Instant;

/**
 * What the suite needs of a backend: two nodes on the same data, and control over the clock. The suite requests one from {@link
 * PresenceStoreContract#fixture()} per test, and closes it after the test. A server or a cluster may outlive it and serve all
 * tests of a class: each test works in a namespace of its own.
 */
public interface PresenceStoreFixture extends AutoCloseable {

    /**
     * Returns the store under test.
     *
     * @return the same one each time. The suite may close it, as an application would
     */
    PresenceStore node();

    /**
     * Returns a second, independent node on the data of {@link #node()}: a connection, a client, a member of its own.
     *
     * @return the same one each time; the node itself where data cannot be shared otherwise, as within one process
     */
    PresenceStore peer();

    /**
     * Lets time pass at once: the stored data is as if the duration had passed on the store's clock. Either the clock advances,
     * or the data ages. Real time keeps passing as well.
     *
     * @param duration the time to pass; a negative one sets the clock back
     */
    void elapse(Duration duration);

    /**
     * Returns the time by the clock that decides, to be compared with the times that are stored now: {@code now()} minus a
     * member's {@code lastSeen} is the member's age. The quicker it answers, the sooner the suite meets the exact millisecond
     * at which a session ends.
     *
     * @return the time in whole milliseconds
     */
    Instant now();

    /**
     * Returns how much the store keeps of a topic. The suite requires that nothing of an unused topic is kept, and that traffic
     * removes expired members, forgotten sessions and old events.
     *
     * @param topic the namespace and name of the topic
     * @return the number of stored members, live or expired, plus the number of sessions that left and are remembered, plus the
     *     number of events in its log; at least 1 while the store keeps anything else of the topic; 0 if it keeps nothing at all
     */
    long occupied(TopicId topic);

    /**
     * Returns the number of members of the largest topic that this backend is meant for. The suite compares the cost of calls in
     * a topic of this size with that in a topic of 100 members, which must not differ much (rule R3: the work of a call is
     * bounded). A backend whose calls read the whole topic declares a small number here, and says so in its documentation.
     *
     * @return 100 or more; 20,000 by default
     */
    default int largestTopic() {
        return 20_000;
    }

    /**
     * Returns how long a test waits for an expected effect before it fails.
     *
     * @return the longest wait, 10 seconds by default
     */
    default Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** Ends both nodes and everything that was made for this test. They may be closed already. */
    @Override
    void close();
}
