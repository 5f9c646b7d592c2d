/**
 * The contract suite. A backend's test class implements {@link io.github.presence4j.testkit.PresenceStoreContract} and
 * gives it a {@link io.github.presence4j.testkit.PresenceStoreFixture}; it then has every rule of {@code docs/rules.md} as
 * a test. {@code docs/writing-a-backend.md} describes the steps.
 */
@NullMarked
package io.github.presence4j.testkit;

import org.jspecify.annotations.NullMarked;
