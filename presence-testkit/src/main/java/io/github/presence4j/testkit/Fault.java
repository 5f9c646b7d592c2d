package io.github.presence4j.testkit;

/** What a {@link Link} does to the calls that go through it. */
enum Fault {
    /** Nothing: calls go through. */
    NONE,
    /** Calls do not reach the store and are never answered. */
    SILENT,
    /** Calls do not reach the store, and fail with the exception of some client library. */
    FOREIGN,
    /** As {@link #FOREIGN}, but thrown instead of answered. */
    THROWN,
    /** As {@link #THROWN}, but an Error, as where memory or the stack runs out. */
    ERROR,
    /** Calls reach the store, but their answers are lost. */
    ANSWER_LOST,
    /** Calls reach the store, but are never answered; the store hears of it when they are given up. */
    UNANSWERED
}
