/**
 * What an application uses to know which members are present: {@link io.github.presence4j.Presence} is the entry point.
 *
 * <p>An argument may be null only if its type is marked {@code @Nullable}. Otherwise the methods of {@code Presence}, of its
 * topics and of builders throw a {@link java.lang.NullPointerException} before any I/O. Comments name some rules by letter and
 * number; {@code docs/rules.md} lists them.
 */
@NullMarked
package io.github.presence4j;

import org.jspecify.annotations.NullMarked;
