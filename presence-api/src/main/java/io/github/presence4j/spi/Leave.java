package io.github.presence4j.spi;

import org.jspecify.annotations.Nullable;

/**
 * The end of one session or of all sessions of a member (S2).
 *
 * @param member the id of the member that leaves
 * @param session the session that ends; null for every session of the member, the default one included
 */
public record Leave(String member, @Nullable String session) {}
