package io.github.presence4j.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Redis Cluster of three masters with a replica each; a replica takes over some three seconds after its master is gone. */
public final class ClusterSet implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ServerGroup fleet = new ServerGroup();

    private ClusterSet() {}

    /** Starts all six, makes them a cluster, and waits until it serves and the replicas are in sync. */
    public static ClusterSet start(RedisBinary binary) {
        ClusterSet set = new ClusterSet();
        try {
            for (int i = 0; i < 2 * MASTERS; i++) {
                set.fleet.add(() -> node(binary));
            }
            set.join();
            set.awaitHealthy();
            return set;
        } catch (RuntimeException | Error e) {
            set.close();
            throw e;
        }
    }

    private static RedisProcess node(RedisBinary binary) {
        return RedisProcess.start(
                binary,
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                "2000",
                "--repl-ping-replica-period",
                "1",
                // Replicas stay with their masters, so that each test finds what the one before it found.
                "--cluster-migration-barrier",
                "6");
    }

    private void join() {
        List<RedisProcess> nodes = fleet.all();
        for (int i = 0; i < nodes.size(); i++) {
            // Distinct from the start, since the nodes would take a while to settle who gives way.
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (RedisProcess node : nodes) {
            // All with all: hearsay takes longer.
            nodes.stream()
                    .filter(other -> other != node)
                    .forEach(other -> node.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port())));
        }
        for (int i = 0; i < MASTERS; i++) {
            IntStream slots = IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS);
            nodes.get(i)
                    .command(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots.mapToObj(Integer::toString))
                            .toArray(String[]::new));
        }
        for (int i = 0; i < MASTERS; i++) {
            String master = nodes.get(i).command("CLUSTER", "MYID");
            RedisProcess replica = nodes.get(MASTERS + i);
            // An error until the two have met.
            Await.until(
                    PATIENCE,
                    () -> "a replica of " + master,
                    () -> replica.command("CLUSTER", "REPLICATE", master).equals("OK"));
        }
    }

    /** Where a client connects to: all six. */
    public List<String> uris() {
        return fleet.all().stream().map(RedisProcess::uri).toList();
    }

    /** The same as one URI. */
    public String uri() {
        return String.join(",", uris()).replace(",redis://", ",");
    }

    /** All six, dead ones too. */
    public List<RedisProcess> nodes() {
        return fleet.all();
    }

    /** Who owns the slot of a key; a dead or frozen one, until its replica took over. */
    public RedisProcess masterOf(String key) {
        List<ClusterNode> views = views();
        return owner(views, slotOf(key));
    }

    /** The three masters, in the order of their slots; dead or frozen ones too, until their replicas took over. */
    public List<RedisProcess> masters() {
        List<ClusterNode> views = views();
        return views.stream()
                .filter(ClusterNode::isMaster)
                .map(ClusterNode::firstSlot)
                .distinct()
                .sorted()
                .map(slot -> owner(views, slot))
                .distinct()
                .toList();
    }

    /** Who follows this master, be it dead or frozen by now. */
    public RedisProcess replicaOf(RedisProcess master) {
        return fleet.serving().stream()
                .filter(node -> ReplicationInfo.of(node).isReplicaOf(master))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No replica of " + master));
    }

    /** Hands the slot of a key over to another master, with all keys in it. */
    public void moveSlot(String key, RedisProcess to) {
        SlotMove move = beginMove(key, to);
        move.moveAll();
        move.finish();
    }

    /** Moves a slot step by step: nothing has moved yet. */
    public SlotMove beginMove(String key, RedisProcess to) {
        return new SlotMove(masterOf(key), to, slotOf(key), masters()).begin();
    }

    /** Moves the keys of a slot whose move has begun, and completes the move. */
    public void endMove(String key, RedisProcess to) {
        SlotMove move = new SlotMove(masterOf(key), to, slotOf(key), masters());
        move.moveAll();
        move.finish();
    }

    private int slotOf(String key) {
        return Integer.parseInt(fleet.anyServing().command("CLUSTER", "KEYSLOT", key));
    }

    /** What all nodes say of all nodes; the frozen and the dead say nothing. */
    private List<ClusterNode> views() {
        return fleet.serving().stream()
                .flatMap(node -> ClusterNode.seenBy(node).stream())
                .toList();
    }

    /** One that has just come back may claim what another one has by now, with a smaller epoch. */
    private RedisProcess owner(List<ClusterNode> views, int slot) {
        return views.stream()
                .filter(node -> node.owns(slot))
                .max(Comparator.comparingLong(ClusterNode::epoch))
                .map(node -> fleet.at(node.port()))
                .orElseThrow(() -> new UncheckedIOException(new IOException("Nobody owns slot " + slot)));
    }

    /** Waits until another one than this owns the slot of the key, and all that live agree to serve. */
    public RedisProcess awaitSuccessorOf(RedisProcess former, String key) {
        Await.until(PATIENCE, () -> "a successor of " + former + ":\n" + fleet.logs(), () -> {
            RedisProcess owner = masterOf(key);
            return owner != former && fleet.serving().stream().allMatch(ClusterSet::serves);
        });
        return masterOf(key);
    }

    private static boolean serves(RedisProcess node) {
        return node.command("CLUSTER", "INFO").contains("cluster_state:ok");
    }

    /** Thaws what is frozen and restarts what is dead, and waits until all is well. */
    public void revive() {
        fleet.revive();
        awaitHealthy();
    }

    /** Waits until all six run, agree that all are well, and each master has its replica in sync. */
    public void awaitHealthy() {
        Await.until(PATIENCE, () -> "a healthy cluster:\n" + fleet.logs(), () -> {
            List<RedisProcess> masters = masters();
            return masters.size() == MASTERS
                    && fleet.all().stream().allMatch(node -> serves(node) && seesAllWell(node))
                    && masters.stream().allMatch(this::hasReplicaInSync);
        });
    }

    private static boolean seesAllWell(RedisProcess node) {
        List<ClusterNode> seen = ClusterNode.seenBy(node);
        return seen.size() == 2 * MASTERS
                && seen.stream().allMatch(ClusterNode::isWell)
                && seen.stream().filter(ClusterNode::isMaster).count() == MASTERS;
    }

    private boolean hasReplicaInSync(RedisProcess master) {
        return ReplicationInfo.of(master).hasOnlineReplica()
                && fleet.all().stream()
                        .anyMatch(node -> ReplicationInfo.of(node).isInSyncWith(master));
    }

    @Override
    public void close() {
        fleet.close();
    }
}
