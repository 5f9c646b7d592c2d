package io.github.presence4j.hazelcast;

import com.hazelcast.map.EntryProcessor;

/**
 * A change that its owner refuses after its deadline: a change must not take effect after its caller has seen a failure (O2). The
 * deadline is by the clock of the owner. Backups do not check it again.
 *
 * @param <V> the type of the changed value
 * @param <R> the type of the answer
 */
interface DeadlineProcessor<V extends StoredValue, R extends DeadlineProcessor.Answer>
        extends EntryProcessor<String, V, R> {
    /** The deadline of a change that has none. */
    long NEVER = Long.MAX_VALUE;

    /** Sets the deadline, in microseconds. Called once, before the change is sent. */
    void due(long deadlineMicros);

    /** The answer of an owner, with its time. */
    interface Answer {
        OwnerTime at();

        /** Returns whether the deadline had passed, so that nothing was changed. */
        boolean isLate();
    }
}
