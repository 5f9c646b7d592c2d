package io.github.presence4j.cell;

import io.github.presence4j.spi.BlockingCall;
import io.github.presence4j.spi.TopicId;
import org.jspecify.annotations.Nullable;

/**
 * A store that can lock and keep bytes, such as a table with a row per topic. This is all that {@link CellTopic} needs of it: an
 * implementation need not understand the bytes. Thread-safe.
 */
public interface CellStorage {

    /**
     * Opens what the work needs, such as a connection and a transaction, and runs the work on the cell of a topic. What the work has
     * written takes effect if the work returns, and not if it throws. Then frees the lock and all that was opened, in both cases.
     * Called on a worker thread; may block.
     *
     * @param topic the topic; two topics are different if their namespaces or their names are
     * @param call lets the client be stopped if the call is given up, see {@link BlockingCall#onGiveUp}
     * @param work called once
     * @param <T> the type of the result
     * @return the result of the work
     * @throws Exception that of the work, or of the client
     */
    <T> T withCell(TopicId topic, BlockingCall call, Work<T> work) throws Exception;

    /**
     * Work on the cell of one topic.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    interface Work<T> {

        /**
         * Does the work.
         *
         * @param cell the cell, valid until this returns; used by one thread
         * @return the result
         * @throws Exception of the cell
         */
        T run(Cell cell) throws Exception;
    }

    /**
     * The stored cell of one topic, within {@link #withCell}. A change calls {@link #lock}, {@link #now} and {@link #write}, in this
     * order; a read calls {@link #now} and {@link #read}. So an implementation need not think about when the clock is read.
     */
    interface Cell {

        /**
         * Locks the cell against all other changes, in all processes, and reads it. Also locks a cell that does not exist. The lock is
         * held until the work ends. A wait for the lock must end some time, by a timeout of the client or of the server.
         *
         * @return the bytes that were written last, read after the lock was obtained; null if there are none
         * @throws Exception of the client
         */
        byte @Nullable [] lock() throws Exception;

        /**
         * Reads the cell without a lock, and without waiting for one.
         *
         * @return the bytes of the last change that has taken effect; null if there are none
         * @throws Exception of the client
         */
        byte @Nullable [] read() throws Exception;

        /**
         * Reads the clock of the store, the same one for all processes. It may go back; the cell's own time does not.
         *
         * @return milliseconds since 1970 at the time of this call. Beware of functions that return the start of the transaction
         * @throws Exception of the client
         */
        long now() throws Exception;

        /**
         * Replaces the cell. Called at most once, with the lock.
         *
         * @param bytes the new bytes; not changed afterwards
         * @param expiresAt the time by {@link #now} from which the store may delete the cell. Not needed before: bytes
         *     that are kept longer count as absent
         * @param version another number after each event that watchers should see, for {@link
         *     io.github.presence4j.spi.ChangePolling}; equal for all other changes
         * @throws Exception of the client
         */
        void write(byte[] bytes, long expiresAt, long version) throws Exception;
    }
}
