package io.github.presence4j;

import io.github.presence4j.spi.PresenceStoreProvider;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Chooses the backend: by the configuration, the system property or the environment, else the only one there is. */
final class BackendSelector {
    static final String PROPERTY = "presence.backend";
    static final String ENVIRONMENT = "PRESENCE_BACKEND";

    private BackendSelector() {}

    static PresenceStoreProvider choose(PresenceConfig config) {
        List<PresenceStoreProvider> found = ServiceLoader.load(PresenceStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return choose(found, wanted(config));
    }

    private static Optional<String> wanted(PresenceConfig config) {
        return config.backend()
                .or(() -> Optional.ofNullable(System.getProperty(PROPERTY)))
                .or(() -> Optional.ofNullable(System.getenv(ENVIRONMENT)))
                .filter(name -> !name.isEmpty());
    }

    static PresenceStoreProvider choose(List<PresenceStoreProvider> found, Optional<String> wanted) {
        List<PresenceStoreProvider> matching = wanted.isEmpty()
                ? found
                : found.stream()
                        .filter(provider -> provider.name().equals(wanted.get()))
                        .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        String list = found.isEmpty() ? "none" : String.join(", ", describe(found));
        if (found.isEmpty()) {
            throw new PresenceConfigurationException("No presence backend on the class path. Add one of the artifacts"
                    + " presence-inmemory, presence-redis or presence-hazelcast.");
        }
        if (wanted.isEmpty()) {
            throw new PresenceConfigurationException("Several presence backends are on the class path: " + list
                    + ". Name one with PresenceConfig.backend, -D" + PROPERTY + " or " + ENVIRONMENT + ".");
        }
        throw new PresenceConfigurationException(
                matching.isEmpty()
                        ? "No presence backend is named '" + wanted.get() + "'. Found: " + list
                                + ". Add the artifact presence-" + wanted.get() + " or name one that is there."
                        : "More than one presence backend is named '" + wanted.get() + "'. Found: " + list
                                + ". Remove all but one from the class path.");
    }

    private static List<String> describe(List<PresenceStoreProvider> providers) {
        return providers.stream()
                .map(provider -> provider.name() + " (" + provider.getClass().getName() + ")")
                .sorted()
                .toList();
    }
}
