package io.github.presence4j;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One live way in which a member is here: a tab, a socket, a device.
 *
 * @param id the session's name; null for the default session
 * @param lastSeen the time of its last touch by the store's clock, in whole milliseconds
 * @param data the data of the last touch that carried data; null if none did
 */
public record Session(
        @Nullable String id, Instant lastSeen, @Nullable String data) {}
