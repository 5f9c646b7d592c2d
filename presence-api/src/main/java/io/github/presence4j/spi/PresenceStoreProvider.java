package io.github.presence4j.spi;

import io.github.presence4j.PresenceConfig;
import java.util.Set;

/** Makes stores of one kind. Found by {@link java.util.ServiceLoader}; needs a public constructor without arguments. */
public interface PresenceStoreProvider {

    /** {@return the backend's name as an application writes it, such as {@code redis}; unique among the providers} */
    String name();

    /**
     * Declares the properties that an application may set for this backend. Any other property is an error before a store is
     * created.
     *
     * @return the keys without the backend's name, in lower case with hyphens, such as {@code max-members}; none by default
     */
    default Set<String> propertyKeys() {
        return Set.of();
    }

    /**
     * Makes a store and whatever client it needs; {@link PresenceStore#close} ends both.
     *
     * @param config the application's configuration
     * @param properties the properties that the application has set for this backend
     * @return the store. It need not be connected yet
     * @throws io.github.presence4j.PresenceConfigurationException if a property has a wrong value
     */
    PresenceStore create(PresenceConfig config, BackendProperties properties);
}
