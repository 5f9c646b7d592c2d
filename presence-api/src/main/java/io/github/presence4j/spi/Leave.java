package io.github.presence4j.spi;

import org.jspecify.annotations.Nullable;

/**
 * The end of one session or of all sessions of a member (rule S2: a member leaves with its last session). Immutable.
 *
 * @param member the id of the member that leaves, 1 to 512 bytes of UTF-8
 * @param session the session that ends, 1 to 512 bytes of UTF-8; null for every session of the member, the default one included
 */
public record Leave(String member, @Nullable String session) {}
