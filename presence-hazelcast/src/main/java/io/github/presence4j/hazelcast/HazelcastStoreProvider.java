package io.github.presence4j.hazelcast;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import java.util.List;
import java.util.Set;

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

    /** Called by {@link java.util.ServiceLoader}. */
    public HazelcastStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> propertyKeys() {
        return Set.of("cluster-name", "members", "port", "client", "backups", "topic-shards");
    }

    @Override
    public PresenceStore create(PresenceConfig config, BackendProperties properties) {
        HazelcastStore.Builder builder = HazelcastStore.builder().timeout(config.timeout());
        properties.string("cluster-name").ifPresent(builder::clusterName);
        properties
                .parsed("members", "hosts, or host:port, separated by commas", HazelcastStoreProvider::addresses)
                .ifPresent(builder::members);
        properties.integer("port", 1, MemberAddresses.MAX_PORT).ifPresent(builder::port);
        properties.bool("client").ifPresent(builder::client);
        properties.integer("backups", 0, HazelcastStore.Builder.MAX_BACKUPS).ifPresent(builder::backups);
        properties.integer("topic-shards", 1, HazelcastStore.Builder.MAX_SHARDS).ifPresent(builder::topicShards);
        return builder.build();
    }

    private static List<String> addresses(String text) {
        return MemberAddresses.parse(List.of(text.split(",", -1)));
    }
}
