package io.github.presence4j.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cell whose TTL changes (T5), and what that costs (B6). */
class CellTimeTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final CellState cell = new CellState(new Capacity(Long.MAX_VALUE), MINUTE, 7);

    private static CellState copy(CellState cell) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cell.write(new DataOutputStream(bytes));
        return CellState.read(
                new Capacity(Long.MAX_VALUE), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private void touch(long now, long ttl, Touch... touches) {
        cell.touch(List.of(touches), ttl, now);
    }

    private static List<String> sessions(CellState cell, String member, long now) {
        Member found = cell.look(now, null).live(List.of(member)).get(member);
        return found == null
                ? List.of()
                : found.sessions().stream().map(Session::id).toList();
    }

    /** A live member has two sessions; the first has expired when a longer TTL is recorded. */
    private void expireTheFirstSession() {
        touch(0, MINUTE, Touch.of("ana", "first"));
        touch(59_000, MINUTE, Touch.of("ana", "second"));
        touch(89_000, HOUR, Touch.of("bo"));
    }

    @Test
    void t5_anExpiredSessionOfALiveMemberIsNotRevivedByALongerTtl() throws IOException {
        expireTheFirstSession();
        assertThat(sessions(cell, "ana", 89_000)).containsExactly("second");
        assertThat(sessions(copy(cell), "ana", 89_000)).as("in a copy").containsExactly("second");
        assertThat(cell.leave(List.of(new Leave("ana", "second")), 90_000))
                .as("the last live session")
                .containsExactly("ana");
        assertThat(cell.look(90_000, null).isLive("ana")).isFalse();
    }

    @Test
    void t5_anExpiredSessionThatIsTouchedUnderALongerTtlBeginsAgain() {
        touch(0, MINUTE, Touch.of("ana", "first").withData("old"));
        touch(59_000, MINUTE, Touch.of("ana", "second"));
        touch(89_000, HOUR, Touch.of("ana", "first"));
        assertThat(Objects.requireNonNull(
                                cell.look(89_000, null).live(List.of("ana")).get("ana"))
                        .sessions())
                .extracting(session -> session.id() + " " + session.data())
                .containsExactly("second null", "first null");
    }

    @Test
    void t5_anExpiredMemberIsRenewedByNoHeartbeatBesideTheLock() {
        touch(0, MINUTE, Touch.of("ana"));
        touch(90_000, HOUR, Touch.of("bo"));
        assertThat(cell.renew(Touch.of("ana"), HOUR, 90_000)).isFalse();
        assertThat(cell.renew(Touch.of("bo"), HOUR, 90_000)).isTrue();
    }

    @Test
    void t5_twoTtlsInTurnDoNotReviveWhatExpiredUnderTheShorterOne() {
        touch(0, MINUTE, Touch.of("ana"));
        touch(1_000, HOUR, Touch.of("bo"));
        touch(61_001, MINUTE, Touch.of("cy"));
        touch(61_002, HOUR, Touch.of("cy"));
        assertThat(cell.look(61_002, null).liveAmong(List.of("ana", "bo", "cy")))
                .containsExactly("cy");
        assertThat(cell.look(61_002, null).count()).isOne();
    }

    @Test
    void t5_aMergeRevivesNothingThatHadExpiredOnItsSide() {
        expireTheFirstSession();
        CellState other = new CellState(new Capacity(Long.MAX_VALUE), HOUR, 8);
        other.touch(List.of(Touch.of("cy"), Touch.of("di"), Touch.of("ed")), HOUR, 89_000);
        CellState merged = CellState.merged(new Capacity(Long.MAX_VALUE), other, cell, 9);
        assertThat(sessions(merged, "ana", 89_000)).containsExactly("second");
        assertThat(merged.look(89_000, null).count()).isEqualTo(5);
    }

    @Test
    void b6_anotherTtlIsRecordedInABoundedStepHoweverManyHaveExpired() {
        int many = 50_000;
        cell.touch(IntStream.range(0, many).mapToObj(i -> Touch.of("m" + i)).toList(), MINUTE, 0);
        Changes before = cell.changesSince(null, 1, 1);
        touch(MINUTE + 1, HOUR, Touch.of("new"));
        assertThat(cell.size()).as("kept after one step").isGreaterThan(many - 1000);
        assertThat(cell.look(MINUTE + 1, null).count()).isOne();
        assertThat(cell.look(MINUTE + 1, null).page(null, 10).members().size()).isLessThanOrEqualTo(1);
        assertThat(timeouts(before.cursor(), MINUTE + 1))
                .as("told step by step")
                .isEqualTo(many);
        assertThat(cell.size()).isOne();
    }

    private long timeouts(String cursor, long now) {
        List<PresenceEvent> events = new ArrayList<>();
        Changes changes;
        String from = cursor;
        do {
            changes = cell.changesSince(from, 1, now);
            assertThat(changes.gap()).isFalse();
            events.addAll(changes.events());
            from = changes.cursor();
        } while (changes.untilNext().isZero());
        return events.stream().filter(PresenceEvent.TimedOut.class::isInstance).count();
    }

    /** A rolling deployment: half of the processes record one TTL and half another. */
    @Test
    void t5_severalTtlsInTurnSignalTheWatchersOnce() {
        List<Touch> all =
                IntStream.range(0, 50).mapToObj(i -> Touch.of("m" + i)).toList();
        cell.touch(all, MINUTE, 0);
        Changes last = cell.changesSince(null, 1, 0);
        cell.takeChanged();
        int signals = 0;
        for (int i = 0; i < 500; i++) {
            long now = 20L * i;
            cell.touch(List.of(all.get(i % 50)), i % 2 == 0 ? HOUR : MINUTE, now);
            boolean signalled = cell.takeChanged();
            signals += signalled ? 1 : 0;
            if (signalled || i % 100 == 50) { // also a poll while the longer one is recorded
                last = cell.changesSince(last.cursor(), 1, now);
            }
        }
        assertThat(signals).isLessThanOrEqualTo(1);
        assertThat(last.untilNext()).isLessThanOrEqualTo(Duration.ofMillis(MINUTE + 1));
    }

    @Test
    void w4_aShorterTtlSignalsTheWatchersSinceATimeoutIsDueEarlier() {
        touch(0, HOUR, Touch.of("ana"));
        Changes first = cell.changesSince(null, 1, 0);
        cell.takeChanged();
        touch(1_000, MINUTE, Touch.of("bo"));
        cell.changesSince(first.cursor(), 1, 1_000);
        cell.takeChanged();
        touch(2_000, 30_000, Touch.of("bo"));
        assertThat(cell.takeChanged()).isTrue();
        Changes next = cell.changesSince(first.cursor(), 1, 2_000);
        assertThat(next.untilNext().toMillis()).isEqualTo(28_001);
        touch(3_000, HOUR, Touch.of("bo"));
        assertThat(cell.takeChanged()).as("later than they know").isFalse();
    }

    @Test
    void w4_aLeaveThatMakesATimeoutDueEarlierSignalsTheWatchers() {
        touch(0, MINUTE, Touch.of("ana", "old"));
        touch(50_000, MINUTE, Touch.of("ana", "new"));
        Changes changes = cell.changesSince(null, 1, 55_000);
        cell.takeChanged();
        cell.leave(List.of(new Leave("ana", "new")), 56_000);
        assertThat(changes.untilNext().toMillis() + 55_000 <= MINUTE + 1 || cell.takeChanged())
                .as("watchers come back for the timeout at the end of the minute")
                .isTrue();
    }
}
