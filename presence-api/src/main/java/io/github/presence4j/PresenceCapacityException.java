package io.github.presence4j;

/** A configured bound is reached: the newcomers that the message names were refused, and nobody who is live was evicted (E5). */
public final class PresenceCapacityException extends PresenceException {
    private static final long serialVersionUID = 1;

    /**
     * Made by backends.
     *
     * @param message names the bound and the newcomers, and says what to do
     */
    public PresenceCapacityException(String message) {
        super(message, null);
    }

    @Override
    PresenceException copy() {
        return new PresenceCapacityException(String.valueOf(getMessage()));
    }
}
