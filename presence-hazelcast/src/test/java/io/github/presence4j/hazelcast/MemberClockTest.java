package io.github.presence4j.hazelcast;

import io.github.presence4j.testkit.fault.ShiftedClock;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members whose machine's clock is wrong or is stepped, while their clients are busy: nobody who beats is ever missing. */
@Tag("clock")
class MemberClockTest {
    private static final int SOME = 300;

    private final ShiftedClock clock = ShiftedClock.create();
    private final BusyCluster busy = new BusyCluster();

    @AfterEach
    void end() {
        busy.close();
        clock.close();
    }

    /** Every 5 s; by two of them Hazelcast notices that a clock was stepped in between. */
    private void awaitHazelcastsHeartbeat() {
        busy.throng().answers(SOME);
        Timing.last(Duration.ofSeconds(6));
        busy.throng().answers(SOME);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, -5, 10})
    void t2_aMemberWhoseClockIsWrongIsAllThatIsLeft(int minutes) {
        busy.start(2);
        List<MemberProcess> first = List.copyOf(busy.members());
        clock.shift(Duration.ofMinutes(minutes));
        busy.join(clock);
        busy.throng().answers(SOME);
        for (MemberProcess member : first) {
            member.leave();
            busy.throng().answers(SOME);
        }
        busy.settle("a member whose clock is %+d min joins, all others leave".formatted(minutes));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, -5})
    void t2_theOldestMemberWhoseClockIsWrongLeaves(int minutes) {
        clock.shift(Duration.ofMinutes(minutes));
        MemberProcess wrong = busy.startOn(clock);
        busy.join();
        busy.join();
        busy.gather();
        wrong.leave();
        busy.throng().answers(SOME);
        busy.settle("the oldest member, whose clock is %+d min, leaves".formatted(minutes));
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 1, 5})
    void t2_theClockOfTheOldestMemberIsStepped(int minutes) {
        busy.startOn(clock);
        busy.join();
        busy.gather();
        awaitHazelcastsHeartbeat();
        clock.shift(Duration.ofMinutes(minutes));
        awaitHazelcastsHeartbeat();
        busy.settle("the clock of the oldest of two members is stepped by %+d min".formatted(minutes));
    }

    @Test
    void t2_theClockOfTheOnlyMemberIsStepped() {
        busy.startOn(clock);
        busy.gather();
        awaitHazelcastsHeartbeat();
        clock.shift(Duration.ofMinutes(5));
        awaitHazelcastsHeartbeat();
        busy.join();
        busy.throng().answers(SOME);
        busy.members().get(0).leave();
        busy.throng().answers(SOME);
        busy.settle("the clock of the only member is stepped by +5 min, later another joins, it leaves");
    }
}
