/** A backend on a relational database. */
@NullMarked
package io.github.presence4j.example.jdbc;

import org.jspecify.annotations.NullMarked;
