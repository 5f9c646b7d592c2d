package io.github.presence4j.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about. Topics of equal namespace and name are the same topic (G4); TTL and window only say how this caller
 * touches and looks.
 *
 * @param namespace keeps two applications on one store apart; 1 to 512 bytes of UTF-8
 * @param name the topic's name; 1 to 512 bytes of UTF-8
 * @param ttl what a touch records as the topic's TTL (T5); 1 ms to 365 days in whole milliseconds. Reads do not use it: they
 *     use the recorded one
 * @param window the shorter look of T6; null to look by the recorded TTL. A store judges by the lesser of the two
 */
public record Topic(
        String namespace,
        String name,
        Duration ttl,
        @Nullable Duration window) {}
