package io.github.presence4j.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import java.time.Duration;
import java.util.List;

/** How Hazelcast is configured where the store makes it itself, and what of that the application's own needs too. */
final class HazelcastSettings {
    private static final long MAX_BACKUP_MILLIS = 500;

    static final String PREFIX = "presence4j:";
    static final String MAPS = PREFIX + "*";
    private static final int MERGE_BATCH = 100;

    private HazelcastSettings() {}

    static int between(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + " but was " + value);
        }
        return value;
    }

    /** Cells are objects, changed where they lie. */
    static MapConfig map(int backups) {
        return new MapConfig(MAPS)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(backups)
                .setPerEntryStatsEnabled(false)
                .setStatisticsEnabled(false)
                .setMergePolicyConfig(new MergePolicyConfig(PresenceMergePolicy.class.getName(), MERGE_BATCH));
    }

    static Config member(String clusterName, int port, List<String> members, int backups) {
        Config config = new Config()
                .setClusterName(clusterName)
                .setProperty("hazelcast.phone.metadata.enabled", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .addMapConfig(map(backups));
        config.getNetworkConfig().setPort(port);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(members);
        return config;
    }

    /**
     * Returns the configuration of a client. The client gives up an invocation after the timeout, in whole seconds; by default
     * Hazelcast would retry it for two minutes. A member that has just joined may not be connected to the client yet, so its
     * confirmation of a backup is lost; the client waits for it for up to half a second, by default five.
     */
    static ClientConfig client(String clusterName, List<String> members, Duration timeout) {
        ClientConfig config = new ClientConfig()
                .setClusterName(clusterName)
                .setProperty("hazelcast.client.heartbeat.interval", "1000")
                .setProperty("hazelcast.client.heartbeat.timeout", Long.toString(2 * timeout.toMillis()))
                .setProperty(
                        "hazelcast.client.operation.backup.timeout.millis",
                        Long.toString(Math.min(MAX_BACKUP_MILLIS, Math.max(1, timeout.toMillis() / 4))));
        config.setProperty(
                "hazelcast.client.invocation.timeout.seconds",
                Long.toString(Math.max(1, (timeout.toMillis() + 999) / 1000)));
        config.getNetworkConfig().setAddresses(members).setConnectionTimeout(Math.toIntExact(timeout.toMillis()));
        config.getConnectionStrategyConfig().setAsyncStart(true);
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setClusterConnectTimeoutMillis(-1)
                .setInitialBackoffMillis(100)
                .setMaxBackoffMillis(2000)
                .setJitter(0.5);
        return config;
    }
}
