package io.github.presence4j.redis;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which server a command goes to.
 *
 * @param <C> the type of the connection
 */
interface Routes<C> {
    /** The server of a key; null where scripts may be sent by digest in any order, as for reads alone. */
    @Nullable
    Node node(C connection, String key);

    /** The link to a server was lost, or the connection is a new one. */
    void linkLost();

    /** Reads, which have no order and are sent to any server. */
    static <C> Routes<C> anywhere() {
        return new Routes<>() {
            @Override
            public @Nullable Node node(C connection, String key) {
                return null;
            }

            @Override
            public void linkLost() {}
        };
    }

    /** One server at a time. */
    static <C> Routes<C> single() {
        Node node = Node.open();
        return new Routes<>() {
            @Override
            public Node node(C connection, String key) {
                return node;
            }

            @Override
            public void linkLost() {
                node.forgetScripts();
            }
        };
    }

    /**
     * The masters of a cluster. Lettuce opens the connection to each for its first command, and sends the commands that wait for it
     * last in, first out; so the first command to a server is awaited.
     */
    static Routes<StatefulRedisClusterConnection<String, String>> cluster() {
        Map<String, Node> nodes = new ConcurrentHashMap<>();
        return new Routes<>() {
            @Override
            public @Nullable Node node(StatefulRedisClusterConnection<String, String> connection, String key) {
                RedisClusterNode master = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
                return master == null ? null : nodes.computeIfAbsent(master.getNodeId(), id -> new Node());
            }

            @Override
            public void linkLost() {
                nodes.values().forEach(Node::forgetScripts);
            }
        };
    }
}
