package io.github.presence4j;

import org.jspecify.annotations.Nullable;

/**
 * A call did not succeed. It may have taken effect; touch, leave and reset may be repeated without harm.
 *
 * <p>An exception of a store's client library never reaches the caller; it is the {@linkplain #getCause cause} of this one.
 */
public class PresenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. For the API and for backends.
     *
     * @param message names the argument or the store, and says what to do
     * @param cause the exception of the backend's client; null if there is none
     */
    public PresenceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns the same failure with the stack trace of this thread. Callers that wait for one answer then do not share an
     * exception (E7). A subclass that this package does not know is returned unchanged, because it cannot be copied.
     */
    PresenceException copy() {
        return getClass() == PresenceException.class
                ? new PresenceException(String.valueOf(getMessage()), getCause())
                : this;
    }
}
