/**
 * What a backend implements: a {@link io.github.presence4j.spi.PresenceStore}, the {@link io.github.presence4j.spi.TopicStore}
 * that it hands out for each topic, and a {@link io.github.presence4j.spi.PresenceStoreProvider} that makes the store. See
 * {@code docs/writing-a-backend.md}.
 *
 * <p>The API has checked every argument before a store receives it. It turns any other failure of a store into a {@link
 * io.github.presence4j.PresenceException} with that failure as its cause.
 */
@NullMarked
package io.github.presence4j.spi;

import org.jspecify.annotations.NullMarked;
