package io.github.presence4j;

import org.jspecify.annotations.Nullable;

/** The store is out of reach, or did not answer within the timeout. Says nothing about which members are live. */
public final class PresenceUnavailableException extends PresenceException {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. For the API and for backends.
     *
     * @param message names the store, and says what to do
     * @param cause the exception of the backend's client; null if there is none
     */
    public PresenceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    PresenceException copy() {
        return new PresenceUnavailableException(String.valueOf(getMessage()), getCause());
    }
}
