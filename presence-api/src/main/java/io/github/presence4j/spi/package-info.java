/**
 * What a backend implements: a {@link io.github.presence4j.spi.PresenceStore}, the
 * {@link io.github.presence4j.spi.TopicStore} that it hands out for each topic, and a
 * {@link io.github.presence4j.spi.PresenceStoreProvider} that makes the store. See {@code docs/writing-a-backend.md}.
 *
 * <p>The API has checked every argument (rule E1) before a store sees it, and turns whatever a store fails with into a
 * {@link io.github.presence4j.PresenceException} (E2, E6).
 */
@NullMarked
package io.github.presence4j.spi;

import org.jspecify.annotations.NullMarked;
