/** A CRM page whose navbar shows who is live now. Begin with {@link io.github.presence4j.example.navbar.LiveController}. */
@NullMarked
package io.github.presence4j.example.navbar;

import org.jspecify.annotations.NullMarked;
