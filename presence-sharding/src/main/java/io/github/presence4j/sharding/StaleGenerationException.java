package io.github.presence4j.sharding;

import io.github.presence4j.spi.AsyncFailures;

/** Fails a call to a cell that a reset left behind. The call had no effect; it has to be repeated in the current generation. */
public final class StaleGenerationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception without a stack trace, since it never reaches a caller. */
    public StaleGenerationException() {
        super("The cell is of a generation that a reset ended", null, false, false);
    }

    static boolean is(Throwable failure) {
        return AsyncFailures.unwrap(failure) instanceof StaleGenerationException;
    }
}
