/** A soak test: random calls for a long time while a store fails repeatedly, and a check for what that leaves behind. */
@NullMarked
package io.github.presence4j.soak;

import org.jspecify.annotations.NullMarked;
