package io.github.presence4j.testkit;

/** What a {@link FaultyStore} does to the calls that go through it. */
enum StoreFault {
    /** Nothing: calls go through. */
    NONE,
    /** Calls do not reach the store and are never answered. */
    SILENT,
    /** Calls do not reach the store, and fail with the exception of some client library. */
    FOREIGN,
    /** As {@link #FOREIGN}, but thrown instead of answered. */
    THROWN,
    /** Calls throw as with {@link #THROWN}, but an Error, as if memory or the stack ran out. */
    ERROR,
    /** Calls reach the store, but their answers are lost. */
    ANSWER_LOST,
    /** Calls reach the store and are never answered. The store sees their cancellation when they are given up. */
    UNANSWERED
}
