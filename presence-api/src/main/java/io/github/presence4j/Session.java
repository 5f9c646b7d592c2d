package io.github.presence4j;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One live session of a member: a tab, a socket, a device. Immutable.
 *
 * @param id the session's name; null for the default session
 * @param lastSeen the time of its last touch by the store's clock, in whole milliseconds
 * @param data the data of the last touch that carried data, at most 4 KiB; null if none did
 */
public record Session(
        @Nullable String id, Instant lastSeen, @Nullable String data) {}
