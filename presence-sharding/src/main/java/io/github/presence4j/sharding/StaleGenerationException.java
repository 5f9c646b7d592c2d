package io.github.presence4j.sharding;

import io.github.presence4j.spi.AsyncFailures;

/** A reset left this cell behind: what was asked of it was not done, and is to be done in the generation that came after. */
public final class StaleGenerationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a trace: it is a signal, and never reaches a caller. */
    public StaleGenerationException() {
        super("The cell is of a generation that a reset ended", null, false, false);
    }

    static boolean is(Throwable failure) {
        return AsyncFailures.unwrap(failure) instanceof StaleGenerationException;
    }
}
