package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;

/**
 * The time at which an owner worked on a call, by its own clock.
 *
 * @param owner the UUID of the member
 * @param micros the time by its {@link StoreClock}
 */
record OwnerTime(UUID owner, long micros) {
    /** The value in an answer that no owner has completed yet. */
    static final OwnerTime NONE = new OwnerTime(new UUID(0, 0), 0);

    static OwnerTime of(HazelcastInstance member) {
        return new OwnerTime(
                member.getCluster().getLocalMember().getUuid(),
                StoreClock.of(member).micros());
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(owner.getMostSignificantBits());
        out.writeLong(owner.getLeastSignificantBits());
        out.writeLong(micros);
    }

    static OwnerTime read(ObjectDataInput in) throws IOException {
        return new OwnerTime(new UUID(in.readLong(), in.readLong()), in.readLong());
    }
}
