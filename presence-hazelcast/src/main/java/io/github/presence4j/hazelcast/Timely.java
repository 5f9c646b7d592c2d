package io.github.presence4j.hazelcast;

import com.hazelcast.map.EntryProcessor;

/**
 * A change that its owner refuses once its deadline is over: a caller that was told of a failure must not see it take effect later
 * (O2). The deadline is by the owner's clock. Backups do not judge it again.
 *
 * @param <V> what is changed
 * @param <R> the answer
 */
interface Timely<V extends Stored, R extends Timely.Answer> extends EntryProcessor<String, V, R> {
    /** No deadline. */
    long NEVER = Long.MAX_VALUE;

    /** Sets the deadline, in microseconds. Called once, before the change is sent. */
    void due(long deadlineMicros);

    /** What an owner answered, and when. */
    interface Answer {
        OwnerTime at();

        /** Whether the deadline was over, so that nothing was changed. */
        boolean isLate();
    }
}
