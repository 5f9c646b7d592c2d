package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The clock of this machine and an offset that tests move, as the clock by which a member decides. */
final class TestClock implements StoreClock {
    private final AtomicLong offset = new AtomicLong();

    /** Gives a member such a clock, in place of the cluster's. */
    static void install(HazelcastInstance member) {
        member.getUserContext().put(StoreClock.KEY, new TestClock());
    }

    @Override
    public long millis() {
        return System.currentTimeMillis() + offset.get();
    }

    @Override
    public long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + TimeUnit.MILLISECONDS.toMicros(offset.get());
    }

    /** Runs on each member, whatever JVM that is in. */
    static final class Shift implements Callable<Boolean>, HazelcastInstanceAware, Serializable {
        private static final long serialVersionUID = 1;

        private final long millis;
        private transient @Nullable HazelcastInstance member;

        Shift(long millis) {
            this.millis = millis;
        }

        @Override
        public void setHazelcastInstance(HazelcastInstance instance) {
            member = instance;
        }

        @Override
        public Boolean call() {
            if (member != null && StoreClock.of(member) instanceof TestClock clock) {
                clock.offset.addAndGet(millis);
                return true;
            }
            return false;
        }
    }
}
