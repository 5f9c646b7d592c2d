package io.github.presence4j.hazelcast;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.core.HazelcastInstance;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The time by which the owner of a topic decides (T2): the cluster's, which all members agree on whatever their own clocks say. */
interface StoreClock {
    /** Milliseconds since 1970. May go back. */
    long millis();

    /** The same, in microseconds: only what comes first is told by so little. */
    long micros();

    /** The clock of this member; one that was put into its user context is for tests. */
    static StoreClock of(HazelcastInstance member) {
        Object given = member.getUserContext().get(StoreClock.class.getName());
        return given instanceof StoreClock clock ? clock : new OfCluster(member.getCluster());
    }

    /** The cluster's time is in milliseconds, this machine's in microseconds, and they differ by whole milliseconds. */
    record OfCluster(Cluster cluster) implements StoreClock {
        @Override
        public long millis() {
            return cluster.getClusterTime();
        }

        /** Asks again if a millisecond ended while it asked, since the difference would be wrong by one. */
        @Override
        public long micros() {
            long before;
            long clusterTime;
            long after;
            do {
                before = ownMicros();
                clusterTime = cluster.getClusterTime();
                after = ownMicros();
            } while (TimeUnit.MICROSECONDS.toMillis(before) != TimeUnit.MICROSECONDS.toMillis(after));
            long difference = clusterTime - TimeUnit.MICROSECONDS.toMillis(before);
            return before + TimeUnit.MILLISECONDS.toMicros(difference);
        }
    }

    private static long ownMicros() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
