package io.github.presence4j;

/**
 * Thrown if a configured limit is reached. The new members that the message names were refused. No live member was evicted
 * (rule E5).
 */
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
