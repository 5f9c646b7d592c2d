package io.github.presence4j.benchmarks.contestant;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.hazelcast.HazelcastStore;
import io.github.presence4j.spi.PresenceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A Hazelcast cluster of two members, each in a process of its own: this one and a second one that is started for it. */
public final class HazelcastPair implements BenchmarkEnvironment {
    private static final Duration START = Duration.ofSeconds(60);

    private final HazelcastInstance here;
    private final @Nullable SecondProcess there;
    private final boolean own;

    private HazelcastPair(HazelcastInstance here, @Nullable SecondProcess there, boolean own) {
        this.here = here;
        this.there = there;
        this.own = own;
    }

    /** {@return a cluster of one's own, once both members are there and each partition has its copy} */
    public static HazelcastPair start() {
        try {
            int port = RedisServer.freePort();
            HazelcastInstance here = member(port, List.of());
            SecondProcess there = SecondProcess.start(SecondMember.class, Integer.toString(port));
            HazelcastPair pair = new HazelcastPair(here, there, true);
            pair.awaitBoth();
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException("The second member does not start", e);
        }
    }

    /**
     * A cluster that runs already.
     *
     * @param port of its member in this process
     * @return it
     */
    static HazelcastPair running(String port) {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(instance -> portOf(instance).equals(port))
                .findFirst()
                .map(instance -> new HazelcastPair(instance, null, false))
                .orElseThrow(() -> new IllegalArgumentException("No Hazelcast member here has the port " + port));
    }

    private static String portOf(HazelcastInstance instance) {
        return Integer.toString(
                instance.getCluster().getLocalMember().getAddress().getPort());
    }

    /** What anybody needs who forms a cluster on one machine; everything else by default, for ours and the rivals. */
    private static HazelcastInstance member(int port, List<String> others) {
        Config config = new Config()
                .setClusterName("presence-benchmarks-" + (others.isEmpty() ? port : portOf(others.get(0))))
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "none")
                .addMapConfig(
                        new MapConfig(ExpiringMap.PREFIX + "*").setTimeToLiveSeconds((int) Contestant.TTL.toSeconds()));
        config.getNetworkConfig().setPort(port);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(others);
        return Hazelcast.newHazelcastInstance(config);
    }

    private static String portOf(String address) {
        return address.substring(address.indexOf(':') + 1);
    }

    private void awaitBoth() {
        long deadline = System.nanoTime() + START.toNanos();
        while (here.getCluster().getMembers().size() < 2
                || !here.getPartitionService().isClusterSafe()) {
            if (System.nanoTime() - deadline > 0) {
                close();
                throw new IllegalStateException("The second member does not join");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** The first member, for who brings the second. */
    static HazelcastPair first() {
        try {
            return new HazelcastPair(member(RedisServer.freePort(), List.of()), null, true);
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free", e);
        }
    }

    /** The second member, in another process than the first. */
    static HazelcastPair second(String first) {
        int port = Integer.parseInt(first) + 1;
        return new HazelcastPair(member(port, List.of("127.0.0.1:" + first)), null, true);
    }

    @Override
    public PresenceStore store() {
        return HazelcastStore.builder().instance(here).build();
    }

    @Override
    public String address() {
        return portOf(here);
    }

    @Override
    public Contestant contestant(String name) {
        return switch (name) {
            case "presence4j" -> new OnPresence(store());
            case "presence4j-8-shards" ->
                new OnPresence(
                        HazelcastStore.builder().instance(here).topicShards(8).build());
            case "set-async" -> new ExpiringMap(here, ExpiringMap.PerEntry::new);
            case "set-async-direct" -> ExpiringMap.direct(here);
            case "set-all" -> new ExpiringMap(here, ExpiringMap.Bulk::new);
            default -> throw BenchmarkEnvironment.unknown("hazelcast:" + name);
        };
    }

    @Override
    public void close() {
        if (own) {
            here.getLifecycleService().terminate();
        }
        if (there != null) {
            there.close();
        }
    }
}
