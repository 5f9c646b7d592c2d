package io.github.presence4j.inmemory;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.StringGen;
import org.junit.jupiter.api.Test;

/**
 * Every outcome of concurrent calls on one cell is the outcome of some order of them; time passes as one more operation, so
 * that a lapse may fall between any two steps of a heartbeat.
 */
@Param(name = "member", gen = StringGen.class, conf = "1:ab")
public class CellLinearizabilityTest {
    private static final long TTL = 50;

    private final AtomicLong nanos = new AtomicLong();
    private final StoreClock clock = new StoreClock(nanos::get);
    private final LockedCell cell = new LockedCell(clock, TTL, new MemberLimit(Long.MAX_VALUE), () -> {});
    private final String start = Objects.requireNonNull(cell.changesSince(null)).cursor();

    @Operation
    public void elapse() {
        nanos.addAndGet(Duration.ofMillis(30).toNanos());
    }

    @Operation
    public boolean touch(@Param(name = "member") String member) {
        return joined(Touch.of(member));
    }

    @Operation
    public boolean touchTab(@Param(name = "member") String member) {
        return joined(Touch.of(member, "tab").withData("{}"));
    }

    private boolean joined(Touch touch) {
        return !cell.renew(touch, TTL, clock.millis())
                && !Objects.requireNonNull(cell.touch(List.of(touch), TTL))
                        .joined()
                        .isEmpty();
    }

    @Operation
    public boolean leave(@Param(name = "member") String member) {
        return !Objects.requireNonNull(cell.leave(List.of(new Leave(member, null))))
                .isEmpty();
    }

    @Operation
    public boolean leaveTab(@Param(name = "member") String member) {
        return !Objects.requireNonNull(cell.leave(List.of(new Leave(member, "tab"))))
                .isEmpty();
    }

    @Operation
    public boolean isLive(@Param(name = "member") String member) {
        return cell.isLive(member, null);
    }

    @Operation
    public long count() {
        return cell.count(null);
    }

    @Operation
    public List<String> list() {
        List<String> names = new ArrayList<>(); // no stream, whose many classes Lincheck would instrument
        for (Member member : cell.look(look -> look.page(null, 100), null).members()) {
            names.add(member.id());
        }
        Collections.sort(names);
        return names;
    }

    @Operation
    public List<String> events() {
        List<String> events = new ArrayList<>();
        for (PresenceEvent event :
                Objects.requireNonNull(cell.changesSince(start)).events()) {
            events.add(describe(event));
        }
        return events;
    }

    @Operation
    public void reset() {
        cell.reset();
    }

    private static String describe(PresenceEvent event) {
        String type = event.getClass().getSimpleName();
        return event instanceof PresenceEvent.OfMember ofMember ? type + " " + ofMember.member() : type;
    }

    @Test
    void t1_w3_every_interleaving_of_few_calls_is_linearizable() {
        LincheckSettings.applyTo(new ModelCheckingOptions())
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(1)
                .check(getClass());
    }

    @Test
    void t1_w3_many_calls_in_real_threads_are_linearizable() {
        LincheckSettings.applyTo(new StressOptions())
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .check(getClass());
    }
}
