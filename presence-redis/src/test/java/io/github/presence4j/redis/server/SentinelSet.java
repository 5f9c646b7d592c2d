package io.github.presence4j.redis.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.SocketFactory;

/** A master, its replica, and three sentinels that promote the replica some two or three seconds after the master is gone. */
public final class SentinelSet implements AutoCloseable {
    private static final String NAME = "presence";
    private static final int SENTINELS = 3;
    private static final String QUORUM = "2";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ServerGroup data = new ServerGroup();
    private final ServerGroup sentinels = new ServerGroup();

    private SentinelSet() {}

    /** Starts all five, and waits until the replica is in sync and the sentinels know each other. */
    public static SentinelSet start(RedisBinary binary) {
        SentinelSet set = new SentinelSet();
        try {
            set.launch(binary);
            set.awaitHealthy();
            return set;
        } catch (RuntimeException | Error e) {
            set.close();
            throw e;
        }
    }

    private void launch(RedisBinary binary) {
        RedisProcess master = data.add(() -> RedisProcess.start(binary, "--repl-ping-replica-period", "1"));
        RedisProcess replica = data.add(() -> RedisProcess.start(
                binary,
                "--repl-ping-replica-period",
                "1",
                "--replicaof",
                "127.0.0.1",
                Integer.toString(master.port())));
        // A sentinel asks the master for its replicas when it starts, and then every ten seconds only.
        Await.until(PATIENCE, () -> "replica in sync", () -> inSync(master, replica));
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(() -> sentinel(binary, master.port()));
        }
    }

    private static RedisProcess sentinel(RedisBinary binary, int master) {
        return RedisProcess.start(binary, Map.of(), SocketFactory.getDefault(), (port, directory) -> {
            List<String> lines = new ArrayList<>(List.of(
                    "port " + port,
                    "bind 127.0.0.1",
                    "dir " + directory.path(),
                    "sentinel monitor " + NAME + " 127.0.0.1 " + master + " " + QUORUM,
                    "sentinel down-after-milliseconds " + NAME + " 1000",
                    "sentinel failover-timeout " + NAME + " 3000",
                    "sentinel parallel-syncs " + NAME + " 1"));
            return List.of(directory.write("sentinel.conf", lines).toString(), "--sentinel");
        });
    }

    /** Where a client connects to: the sentinels, and the name they know the master by. */
    public String uri() {
        return sentinels.all().stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(Collectors.joining(",", "redis-sentinel://", "#" + NAME));
    }

    /** The three sentinels. */
    public List<RedisProcess> sentinels() {
        return sentinels.all();
    }

    /** Who is master according to the sentinels; a dead one, until they have agreed on a successor. */
    public RedisProcess master() {
        return masterOf(sentinels.anyServing());
    }

    private RedisProcess masterOf(RedisProcess sentinel) {
        String address = sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
        return data.at(Integer.parseInt(address.substring(address.indexOf('\n') + 1)));
    }

    /** The one that is not the master. */
    public RedisProcess replica() {
        RedisProcess master = master();
        return data.all().stream()
                .filter(process -> process != master)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until all sentinels that live agree that another one than this is master, and it takes writes. */
    public RedisProcess awaitSuccessorOf(RedisProcess former) {
        Await.until(PATIENCE, () -> "a successor of " + former + ":\n" + sentinels.logs(), () -> {
            RedisProcess master = master();
            return master != former
                    && sentinels.serving().stream().allMatch(sentinel -> masterOf(sentinel) == master)
                    && leads(master);
        });
        return master();
    }

    /** Waits until the sentinels have made a former master a replica, when they also cut off its clients. */
    public void awaitDemotionOf(RedisProcess former) {
        Await.until(PATIENCE, () -> former + " as a replica:\n" + sentinels.logs(), () -> !leads(former));
    }

    /** Thaws what is frozen and restarts what is dead, a former master as a replica, and waits until all is well. */
    public void revive() {
        sentinels.revive();
        Optional<RedisProcess> leader =
                data.serving().stream().filter(SentinelSet::leads).findFirst();
        data.revive();
        leader.ifPresent(this::follow);
        awaitHealthy();
    }

    /**
     * The sentinels would get there too, eight seconds later. Until then they take the empty former master for a replica
     * that is fit to lead, and would promote it should the machine stall for a second.
     */
    private void follow(RedisProcess leader) {
        data.all().stream()
                .filter(process -> process != leader && leads(process))
                .forEach(process -> process.command("REPLICAOF", "127.0.0.1", Integer.toString(leader.port())));
    }

    private static boolean leads(RedisProcess process) {
        return ReplicationInfo.of(process).isMaster();
    }

    /** Waits until all five run, agree on who is master, and the replica is in sync. */
    public void awaitHealthy() {
        Await.until(
                PATIENCE,
                () -> "a healthy set:\n" + sentinels.logs() + data.logs(),
                () -> sentinelsAgree() && inSync(master(), replica()));
    }

    private boolean sentinelsAgree() {
        RedisProcess master = master();
        return sentinels.all().stream().allMatch(sentinel -> masterOf(sentinel) == master && content(sentinel));
    }

    private static boolean content(RedisProcess sentinel) {
        Map<String, String> master = pairs(sentinel.command("SENTINEL", "MASTER", NAME));
        Map<String, String> replica = pairs(sentinel.command("SENTINEL", "REPLICAS", NAME));
        return "master".equals(master.get("flags"))
                && Integer.toString(SENTINELS - 1).equals(master.get("num-other-sentinels"))
                && "1".equals(master.get("num-slaves"))
                && "slave".equals(replica.get("flags"));
    }

    private static Map<String, String> pairs(String reply) {
        String[] lines = reply.split("\n", -1);
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < lines.length; i += 2) {
            pairs.put(lines[i], lines[i + 1]);
        }
        return pairs;
    }

    private static boolean inSync(RedisProcess master, RedisProcess replica) {
        return ReplicationInfo.of(replica).isInSyncWith(master)
                && ReplicationInfo.of(master).hasOnlineReplica();
    }

    @Override
    public void close() {
        sentinels.close();
        data.close();
    }
}
