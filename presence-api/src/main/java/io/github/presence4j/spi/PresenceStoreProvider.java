package io.github.presence4j.spi;

import io.github.presence4j.PresenceConfig;

/** Makes stores of one kind. Found by {@link java.util.ServiceLoader}; needs a public constructor without arguments. */
public interface PresenceStoreProvider {

    /** {@return the backend's name as an application writes it, such as {@code redis}; unique among the providers} */
    String name();

    /**
     * Makes a store and whatever client it needs; {@link PresenceStore#close} ends both.
     *
     * @param config the application's configuration; a backend reads its own properties with
     *     {@link PresenceConfig#properties(String, java.util.Set)}
     * @return the store. It need not be connected yet
     */
    PresenceStore create(PresenceConfig config);
}
