/**
 * What a backend implements: {@link io.github.presence4j.spi.PresenceStore} and a
 * {@link io.github.presence4j.spi.PresenceStoreProvider} that makes one. See {@code docs/writing-a-backend.md}.
 *
 * <p>The API has checked every argument (rule E1) before a store sees it, and turns whatever a store fails with into a
 * {@link io.github.presence4j.PresenceException} (E2, E6).
 */
@NullMarked
package io.github.presence4j.spi;

import org.jspecify.annotations.NullMarked;
