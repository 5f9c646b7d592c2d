package io.github.presence4j;

import org.jspecify.annotations.Nullable;

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

    /**
     * Creates an exception with a cause. For backends whose client refuses a property.
     *
     * @param message says which property is wrong and what to change
     * @param cause the client's exception; beware of one that shows a secret
     */
    public PresenceConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    PresenceException copy() {
        return new PresenceConfigurationException(String.valueOf(getMessage()), getCause());
    }
}
