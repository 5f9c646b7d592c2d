/** Random calls for a long time while a store fails again and again, and what that leaves behind. */
@NullMarked
package io.github.presence4j.soak;

import org.jspecify.annotations.NullMarked;
