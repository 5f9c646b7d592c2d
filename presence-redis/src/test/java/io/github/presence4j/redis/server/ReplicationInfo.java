package io.github.presence4j.redis.server;

import java.util.List;

/** What a server tells of its replication. */
record ReplicationInfo(List<String> info) {
    static ReplicationInfo of(RedisProcess server) {
        return new ReplicationInfo(server.command("INFO", "replication").lines().toList());
    }

    boolean isMaster() {
        return info.contains("role:master");
    }

    boolean isReplicaOf(RedisProcess master) {
        return info.contains("master_port:" + master.port());
    }

    boolean isInSyncWith(RedisProcess master) {
        return isReplicaOf(master) && info.contains("master_link_status:up");
    }

    boolean hasOnlineReplica() {
        return info.stream().anyMatch(line -> line.startsWith("slave") && line.contains("state=online"));
    }
}
