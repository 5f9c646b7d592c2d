package io.github.presence4j.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A topic as one caller uses it: the id, the TTL of its touches, and the window of its reads. Immutable.
 *
 * @param id the namespace and name of the topic
 * @param ttl the TTL that a touch records for the topic, 1 ms to 365 days in whole milliseconds. Reads do not use it: they use
 *     the recorded one (rule T5: the TTL of the last touch judges the whole topic)
 * @param window the window of reads, at most the TTL (rule T6: a window shortens reads only); null to read by the recorded TTL.
 *     A store uses the shorter one of window and recorded TTL
 */
public record Topic(TopicId id, Duration ttl, @Nullable Duration window) {

    /** {@return the name within the namespace, for messages} */
    public String name() {
        return id.name();
    }
}
