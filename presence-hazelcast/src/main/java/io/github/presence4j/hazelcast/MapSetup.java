package io.github.presence4j.hazelcast;

import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.PresenceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds the configuration of the maps to the cluster of an application's own instance, once, before the first map is used.
 * Thread-safe: adding the same configuration twice has no further effect.
 */
final class MapSetup {
    private static final String WHERE = "Hazelcast map configuration '" + HazelcastSettings.MAPS + "' ";

    private final HazelcastInstance hazelcast;
    private final @Nullable MapConfig config;
    private volatile boolean done;

    private MapSetup(HazelcastInstance hazelcast, @Nullable MapConfig config) {
        this.hazelcast = hazelcast;
        this.config = config;
    }

    static MapSetup adding(HazelcastInstance hazelcast, int backups) {
        return new MapSetup(hazelcast, HazelcastSettings.map(backups));
    }

    /** Returns a setup that adds nothing, for an instance created by the store: its members have the configuration already. */
    static MapSetup none(HazelcastInstance hazelcast) {
        return new MapSetup(hazelcast, null);
    }

    /** Adds the configuration; a client waits for that at most {@code patience}. Without a cluster, the first call does it. */
    void begin(Executor background, Duration patience) {
        if (Connectivity.isMember(hazelcast)) {
            ensure();
            return;
        }
        CompletableFuture<?> begun = CompletableFuture.runAsync(this::ensureIfUp, background);
        try {
            begun.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            PresenceException failure = HazelcastErrors.translate(e);
            if (failure instanceof PresenceConfigurationException) {
                throw failure;
            }
            System.getLogger(MapSetup.class.getName())
                    .log(System.Logger.Level.WARNING, "No Hazelcast cluster within " + patience + "; still trying", e);
        }
    }

    private void ensureIfUp() {
        if (Connectivity.isUp(hazelcast)) {
            ensure();
        }
    }

    /** Adds the configuration, unless that has been done. May block on a client. */
    void ensure() {
        MapConfig wanted = config;
        if (done || wanted == null) {
            return;
        }
        MapConfig there = Connectivity.isMember(hazelcast)
                ? hazelcast.getConfig().getMapConfigs().get(HazelcastSettings.MAPS)
                : null;
        if (there == null) {
            add(wanted);
        } else {
            requireSuitable(there);
        }
        done = true;
    }

    private void add(MapConfig wanted) {
        try {
            hazelcast.getConfig().addMapConfig(wanted);
        } catch (InvalidConfigurationException e) {
            throw new PresenceConfigurationException(WHERE
                    + "differs on the members: give all stores the same backups, or configure the map on the members only. "
                    + e.getMessage());
        }
    }

    private static void requireSuitable(MapConfig there) {
        if (there.getInMemoryFormat() != InMemoryFormat.OBJECT) {
            throw new PresenceConfigurationException(
                    WHERE + "must have the in-memory format OBJECT but has " + there.getInMemoryFormat());
        }
        String policy = there.getMergePolicyConfig().getPolicy();
        if (!policy.equals(PresenceMergePolicy.class.getName())) {
            throw new PresenceConfigurationException(
                    WHERE + "must have the merge policy " + PresenceMergePolicy.class.getName() + " but has " + policy);
        }
    }
}
