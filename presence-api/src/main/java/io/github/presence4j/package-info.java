/**
 * Who is here now? What an application uses: {@link io.github.presence4j.Presence} is the way in.
 *
 * <p>Rule numbers such as T1 or W5 refer to {@code docs/rules.md}.
 */
@NullMarked
package io.github.presence4j;

import org.jspecify.annotations.NullMarked;
