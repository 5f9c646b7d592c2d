package io.github.presence4j.redis;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the server for a command.
 *
 * @param <C> the type of the connection
 */
interface Routes<C> {
    /** Returns the server of a key; null if scripts may be sent by digest in any order, as for a connection that only reads. */
    @Nullable
    Node node(C connection, String key);

    /** Called when the link to a server was lost, or the connection is a new one. */
    void linkLost();

    /** Returns the routes of reads, which need no order and may go to any server. */
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

    /** Returns the routes to a single server. */
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
     * Returns the routes to the masters of a cluster. Lettuce opens the connection to a master for its first command, and sends
     * the commands that wait for it last in, first out. So the first command to a server is awaited.
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
