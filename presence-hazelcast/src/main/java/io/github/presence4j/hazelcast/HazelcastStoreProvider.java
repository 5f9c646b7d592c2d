package io.github.presence4j.hazelcast;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a {@link HazelcastStore} under the name {@code hazelcast}. Properties, each named as the builder's method:
 *
 * <ul>
 *   <li>{@code hazelcast.cluster-name}: {@link HazelcastStore.Builder#clusterName}
 *   <li>{@code hazelcast.members}: hosts, or host:port, separated by commas
 *   <li>{@code hazelcast.port}: 1 to 65535
 *   <li>{@code hazelcast.client}: {@code true} or {@code false}
 *   <li>{@code hazelcast.backups}: 0 to 6
 *   <li>{@code hazelcast.topic-shards}: 1 to 256
 * </ul>
 */
public final class HazelcastStoreProvider implements PresenceStoreProvider {
    static final String NAME = "hazelcast";
    private static final Set<String> KNOWN =
            Set.of("cluster-name", "members", "port", "client", "backups", "topic-shards");

    /** Called by {@link java.util.ServiceLoader}. */
    public HazelcastStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PresenceStore create(PresenceConfig config) {
        Map<String, String> properties = config.properties(NAME, KNOWN);
        HazelcastStore.Builder builder = HazelcastStore.builder().timeout(config.timeout());
        set(properties, "cluster-name", "a name", builder::clusterName);
        set(
                properties,
                "members",
                "hosts, or host:port, separated by commas",
                text -> builder.members(List.of(text.split(",", -1))));
        set(properties, "port", "from 1 to 65535", text -> builder.port(Integer.parseInt(text)));
        set(properties, "client", "true or false", text -> builder.client(bool(text)));
        set(properties, "backups", "from 0 to 6", text -> builder.backups(Integer.parseInt(text)));
        set(properties, "topic-shards", "from 1 to 256", text -> builder.topicShards(Integer.parseInt(text)));
        return builder.build();
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static void set(Map<String, String> properties, String key, String expected, Consumer<String> setter) {
        String value = properties.get(key);
        if (value != null) {
            try {
                setter.accept(value);
            } catch (IllegalArgumentException e) {
                throw new PresenceConfigurationException(
                        NAME + "." + key + " must be " + expected + " but was " + value);
            }
        }
    }
}
