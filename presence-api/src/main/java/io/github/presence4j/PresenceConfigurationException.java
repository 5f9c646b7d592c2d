package io.github.presence4j;

/** No backend can be chosen, or a backend's properties are wrong. The message lists what was found and what to add. */
public final class PresenceConfigurationException extends PresenceException {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. For the API and for backends.
     *
     * @param message lists what was found and what to add
     */
    public PresenceConfigurationException(String message) {
        super(message, null);
    }

    @Override
    PresenceException copy() {
        return new PresenceConfigurationException(String.valueOf(getMessage()));
    }
}
