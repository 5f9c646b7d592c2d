package io.github.presence4j.inmemory;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
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
    public Set<String> propertyKeys() {
        return Set.of(MAX_MEMBERS);
    }

    @Override
    public PresenceStore create(PresenceConfig config, BackendProperties properties) {
        InMemoryStore.Builder builder = InMemoryStore.builder();
        properties.longInteger(MAX_MEMBERS, 1, Long.MAX_VALUE).ifPresent(builder::maxMembers);
        return builder.build();
    }
}
