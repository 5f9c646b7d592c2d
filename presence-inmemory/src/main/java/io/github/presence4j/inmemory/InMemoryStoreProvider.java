package io.github.presence4j.inmemory;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import java.util.Map;
import java.util.Set;

/** Makes an {@link InMemoryStore} under the name {@code inmemory}. Property: {@code inmemory.max-members}. */
public final class InMemoryStoreProvider implements PresenceStoreProvider {
    static final String NAME = "inmemory";
    private static final String MAX_MEMBERS = "max-members";

    /** Called by {@link java.util.ServiceLoader}. */
    public InMemoryStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PresenceStore create(PresenceConfig config) {
        Map<String, String> properties = config.properties(NAME, Set.of(MAX_MEMBERS));
        InMemoryStore.Builder builder = InMemoryStore.builder();
        String maxMembers = properties.get(MAX_MEMBERS);
        if (maxMembers != null) {
            builder.maxMembers(number(maxMembers));
        }
        return builder.build();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new PresenceConfigurationException(
                    NAME + "." + MAX_MEMBERS + " must be a number but was '" + text + "'");
        }
    }
}
