package io.github.presence4j;

import org.jspecify.annotations.Nullable;

/**
 * A call did not succeed. It may have taken effect all the same; touch, leave and reset may be repeated without harm (E3).
 *
 * <p>Whatever a client library threw is the {@linkplain #getCause cause}, never the type that reaches the caller (E6).
 */
public class PresenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Made by the API and by backends.
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
