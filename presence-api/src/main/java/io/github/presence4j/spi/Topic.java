package io.github.presence4j.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about: which topic, and how this caller touches it and looks at it.
 *
 * @param id the namespace and name of the topic
 * @param ttl the TTL that a touch records for the topic (T5); 1 ms to 365 days in whole milliseconds. Reads do not use it:
 *     they use the recorded one
 * @param window the shorter look of T6; null to look by the recorded TTL. A store judges by the lesser of the two
 */
public record Topic(TopicId id, Duration ttl, @Nullable Duration window) {

    /** {@return the name within the namespace, for messages} */
    public String name() {
        return id.name();
    }
}
