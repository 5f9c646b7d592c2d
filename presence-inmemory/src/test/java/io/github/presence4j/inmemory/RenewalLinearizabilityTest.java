package io.github.presence4j.inmemory;

import io.github.presence4j.Touch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * The narrow race of a heartbeat beside the lock with those who judge that its member has lapsed. Few operations on one
 * member, so that the model checker reaches it: without the seal on {@link io.github.presence4j.cell.LastSeen} this fails within seconds.
 */
public class RenewalLinearizabilityTest {
    private static final long TTL = 50;
    private static final String MEMBER = "ana";

    private final AtomicLong nanos = new AtomicLong();
    private final StoreClock clock = new StoreClock(nanos::get);
    private final LockedCell cell = new LockedCell(clock, TTL, new MemberLimit(Long.MAX_VALUE), () -> {});

    @Operation
    public void elapse() {
        nanos.addAndGet(Duration.ofMillis(30).toNanos());
    }

    @Operation
    public boolean touch() {
        return !cell.renew(Touch.of(MEMBER), TTL, clock.millis())
                && !Objects.requireNonNull(cell.touch(List.of(Touch.of(MEMBER)), TTL))
                        .joined()
                        .isEmpty();
    }

    @Operation
    public boolean isLive() {
        return cell.isLive(MEMBER, null);
    }

    @Operation
    public long count() {
        return cell.count(null);
    }

    @Test
    void t1_a_delayed_heartbeat_does_not_undo_a_lapse() {
        LincheckSettings.applyTo(new ModelCheckingOptions())
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .check(getClass());
    }
}
