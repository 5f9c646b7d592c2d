/** Starts the whole application on a free port and talks to it as a browser or a script would. */
@NullMarked
package io.github.presence4j.example.navbar;

import org.jspecify.annotations.NullMarked;
