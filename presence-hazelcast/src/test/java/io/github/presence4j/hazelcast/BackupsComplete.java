package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.partition.Partition;
import java.io.Serializable;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a member whether everything has its backups. */
final class BackupsComplete implements Callable<Boolean>, HazelcastInstanceAware, Serializable {
    private static final long serialVersionUID = 1;

    private transient @Nullable HazelcastInstance member;

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public Boolean call() {
        return Objects.requireNonNull(member).getPartitionService().isClusterSafe();
    }

    /** Whether this many members have their share of the partitions, and every partition has its backups. */
    static boolean among(int members, HazelcastInstance client) {
        Set<?> owners = client.getPartitionService().getPartitions().stream()
                .map(Partition::getOwner)
                .collect(Collectors.toSet());
        if (owners.size() != members || client.getCluster().getMembers().size() != members) {
            return false;
        }
        try {
            return client.getExecutorService("test")
                    .submit(new BackupsComplete())
                    .get();
        } catch (ExecutionException stillMoving) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
