package io.github.presence4j.inmemory;

import io.github.presence4j.Member;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TouchOutcome;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.StringGen;
import org.junit.jupiter.api.Test;

/**
 * Heartbeats of the sessions of one member, made without the lock, race against calls that begin, change, end or expire these
 * sessions, and against reads. Each outcome is the outcome of some order of the calls.
 */
@Param(name = "session", gen = StringGen.class, conf = "1:abc")
public class SessionLinearizabilityTest {
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
    public String touch(@Param(name = "session") String session) {
        return touch(Touch.of(MEMBER, session));
    }

    @Operation
    public String touchWithData(@Param(name = "session") String session) {
        return touch(Touch.of(MEMBER, session).withData("{}"));
    }

    @Operation
    public String touchDefault() {
        return touch(Touch.of(MEMBER));
    }

    /** As {@link InMemoryTopic} does. */
    private String touch(Touch touch) {
        if (cell.renew(touch, TTL, clock.millis())) {
            return "renewed";
        }
        TouchOutcome outcome = Objects.requireNonNull(cell.touch(List.of(touch), TTL));
        return outcome.ignored().isEmpty() ? outcome.joined().isEmpty() ? "renewed" : "joined" : "ignored";
    }

    @Operation
    public boolean leave(@Param(name = "session") String session) {
        return !Objects.requireNonNull(cell.leave(List.of(new Leave(MEMBER, session))))
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

    /** Without their times: a read does not see the times of two sessions at one moment. */
    @Operation
    public List<String> sessions() {
        List<String> sessions = new ArrayList<>();
        Member member = cell.look(look -> look.live(List.of(MEMBER)), null).get(MEMBER);
        if (member != null) {
            for (Session session : member.sessions()) {
                sessions.add(session.id() + " " + session.data());
            }
        }
        return sessions;
    }

    private static Actor call(String operation, String... arguments) {
        for (Method method : SessionLinearizabilityTest.class.getMethods()) {
            if (method.getName().equals(operation)) {
                return new Actor(method, List.of(arguments));
            }
        }
        throw new IllegalArgumentException("No operation " + operation);
    }

    /** Checks every interleaving of a heartbeat of session a with other calls, all 30 ms after what was before. */
    private void check(List<Actor> before, List<Actor> meanwhile, List<Actor> after) {
        List<Actor> start = new ArrayList<>(before);
        start.add(call("elapse"));
        new ModelCheckingOptions()
                .iterations(0)
                .invocationTimeout$lincheck(LincheckSettings.PATIENCE_MILLIS)
                .invocationsPerIteration(LincheckSettings.INTERLEAVINGS)
                .minimizeFailedScenario(false)
                .addCustomScenario(
                        new ExecutionScenario(start, List.of(List.of(call("touch", "a")), meanwhile), after, null))
                .check(getClass());
    }

    @Test
    void t1_a_delayed_heartbeat_does_not_undo_that_the_only_session_expired() {
        check(
                List.of(call("touch", "a")),
                List.of(call("elapse"), call("isLive")),
                List.of(call("isLive"), call("sessions")));
    }

    @Test
    void t1_a_delayed_heartbeat_does_not_undo_that_all_sessions_expired() {
        check(
                List.of(call("touch", "a"), call("touch", "b")),
                List.of(call("elapse"), call("isLive")),
                List.of(call("isLive"), call("sessions")));
    }

    @Test
    void s3_a_delayed_heartbeat_does_not_undo_that_one_of_two_sessions_expired() {
        check(
                List.of(call("touch", "a"), call("elapse"), call("touch", "b")),
                List.of(call("sessions")),
                List.of(call("sessions")));
    }

    @Test
    void s3_a_heartbeat_is_not_lost_while_expired_sessions_are_dropped() {
        check(
                List.of(call("touch", "a"), call("touch", "b")),
                List.of(call("touch", "b"), call("elapse"), call("touchWithData", "c")),
                List.of(call("sessions")));
    }

    @Test
    void s2_a_heartbeat_does_not_keep_the_member_when_its_session_leaves() {
        check(
                List.of(call("touch", "a"), call("touch", "b"), call("touch", "c")),
                List.of(call("leave", "a")),
                List.of(call("elapse"), call("isLive")));
    }

    @Test
    void t3_a_heartbeat_is_not_lost_while_another_session_leaves() {
        check(
                List.of(call("touch", "a"), call("touch", "b")),
                List.of(call("leave", "b")),
                List.of(call("elapse"), call("sessions")));
    }

    @Test
    void t3_a_heartbeat_is_not_lost_while_another_session_begins() {
        check(List.of(call("touch", "a")), List.of(call("touch", "b")), List.of(call("elapse"), call("sessions")));
    }

    @Test
    void t3_a_heartbeat_is_not_lost_while_its_data_change() {
        check(
                List.of(call("touch", "a")),
                List.of(call("touchWithData", "a")),
                List.of(call("elapse"), call("sessions")));
    }

    @Test
    void t1_s3_heartbeats_of_sessions_in_real_threads_are_linearizable() {
        LincheckSettings.applyTo(new StressOptions())
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(3)
                .actorsAfter(2)
                .check(getClass());
    }
}
