package io.github.presence4j;

/**
 * A configured limit is reached: the new members or sessions that the message names were refused. No live member was evicted.
 */
public final class PresenceCapacityException extends PresenceException {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. For the API and for backends.
     *
     * @param message names the limit and the refused members, and says what to do
     */
    public PresenceCapacityException(String message) {
        super(message, null);
    }

    @Override
    PresenceException copy() {
        return new PresenceCapacityException(String.valueOf(getMessage()));
    }
}
