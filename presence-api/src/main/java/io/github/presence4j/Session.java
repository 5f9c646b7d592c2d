package io.github.presence4j;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One live way in which a member is here: a tab, a socket, a device.
 *
 * @param id the session's name; null for the default session
 * @param lastSeen when it was last touched, by the store's clock (T2), in whole milliseconds
 * @param data what the last touch that carried data said; null if none did
 */
public record Session(
        @Nullable String id, Instant lastSeen, @Nullable String data) {}
