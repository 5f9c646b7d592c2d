package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import java.util.concurrent.TimeUnit;

/**
 * The time by which the owner of a topic decides (T2): the cluster's, which all members agree on whatever their own clocks say.
 * Hazelcast notices that a clock was stepped with its next heartbeat only, and by less than two minutes not at all, hence {@link
 * SteadyClock}.
 */
interface StoreClock {
    /** Hazelcast expires an entry by the wall clock of where it is, at the time that the wall clock of where it was said. */
    long APART_SECONDS = 300;

    /** Microseconds since 1970: only what comes first is told by so little. May go back. */
    long micros();

    /** The same in milliseconds. */
    default long millis() {
        return TimeUnit.MICROSECONDS.toMillis(micros());
    }

    /** The one clock of this member, made when it is first asked; a test puts its own into the user context before. */
    static StoreClock of(HazelcastInstance member) {
        return (StoreClock) member.getUserContext()
                .computeIfAbsent(
                        StoreClock.class.getName(),
                        name -> new SteadyClock(member.getCluster()::getClusterTime, System::nanoTime));
    }
}
