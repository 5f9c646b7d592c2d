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
interface CommandRouting<C> {
    /** Returns the server of a key; null if scripts may be sent by digest in any order, as for a connection that only reads. */
    @Nullable
    ServerState node(C connection, String key);

    /** Called when the link to a server was lost, or the connection is a new one. */
    void linkLost();

    /** Returns the routes of reads, which need no order and may go to any server. */
    static <C> CommandRouting<C> anywhere() {
        return new CommandRouting<>() {
            @Override
            public @Nullable ServerState node(C connection, String key) {
                return null;
            }

            @Override
            public void linkLost() {}
        };
    }

    /** Returns the routes to a single server. */
    static <C> CommandRouting<C> single() {
        ServerState node = ServerState.open();
        return new CommandRouting<>() {
            @Override
            public ServerState node(C connection, String key) {
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
    static CommandRouting<StatefulRedisClusterConnection<String, String>> cluster() {
        Map<String, ServerState> nodes = new ConcurrentHashMap<>();
        return new CommandRouting<>() {
            @Override
            public @Nullable ServerState node(StatefulRedisClusterConnection<String, String> connection, String key) {
                RedisClusterNode master = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
                return master == null ? null : nodes.computeIfAbsent(master.getNodeId(), id -> new ServerState());
            }

            @Override
            public void linkLost() {
                nodes.values().forEach(ServerState::forgetScripts);
            }
        };
    }
}
