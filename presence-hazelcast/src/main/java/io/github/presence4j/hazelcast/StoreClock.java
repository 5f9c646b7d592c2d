package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;

/** The time by which the owner of a topic decides (T2): the cluster's, which all members agree on whatever their own clocks say. */
interface StoreClock {
    /** Milliseconds since 1970. May go back. */
    long millis();

    /** The clock of this member; one that was put into its user context is for tests. */
    static StoreClock of(HazelcastInstance member) {
        Object given = member.getUserContext().get(StoreClock.class.getName());
        return given instanceof StoreClock clock
                ? clock
                : () -> member.getCluster().getClusterTime();
    }
}
