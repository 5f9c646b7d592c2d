package io.github.presence4j.spi;

/**
 * One call of {@link BlockingCalls}, as the work of the call sees it. A call is given up if its caller cancels it, as the API does
 * after a timeout, or if the store is closed. The methods are for the worker thread that runs the work.
 */
public interface BlockingCall {

    /**
     * Fails if the call was given up. A store calls this after it got a lock and before it changes anything: a call that was
     * reported as failed must not take effect after a later call.
     *
     * @throws java.util.concurrent.CancellationException if so; its caller has an exception of its own
     */
    void throwIfGivenUp();

    /**
     * Says how to stop the work if it is given up from now on, such as by {@code statement::cancel}. Replaces what was said
     * before. A call that is given up without such an action is interrupted instead, which suits a client that reacts to
     * interrupts. An embedded database may not: H2 and SQLite close a file if the thread that uses it is interrupted, as does
     * a {@code FileChannel}. An action that does nothing turns interrupts off; then the work calls {@link #throwIfGivenUp} wherever it
     * may wait long.
     *
     * @param stop run at most once, on another thread, while the work runs, which cannot end before this returns; may fail
     * @throws java.util.concurrent.CancellationException if the call was given up already
     */
    void onGiveUp(Stop stop);

    /** An action that stops a blocked client. */
    @FunctionalInterface
    interface Stop {

        /**
         * Stops the work, or tries to.
         *
         * @throws Exception if that fails, which is logged at DEBUG
         */
        void stop() throws Exception;
    }
}
