package io.github.presence4j.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One order of what two cells told. */
class MergeTest {
    private static final ShardedCursor SINCE = ShardedCursor.of("g", 2, "start");
    private static final Duration LATER = Duration.ofSeconds(9);

    /** Whose events are at these times, each the cell's next; the cursor after an event is its time. */
    private static ShardChanges told(long asOf, Duration untilNext, long... times) {
        List<ShardChanges.Entry> entries = Arrays.stream(times)
                .mapToObj(
                        at -> new ShardChanges.Entry("" + at, at, new PresenceEvent.Left("m" + at, new Position(7, at), false)))
                .toList();
        return new ShardChanges("end", new Position(7, times.length), false, untilNext, asOf, entries);
    }

    private static List<String> members(Changes changes) {
        return changes.events().stream()
                .map(event -> ((PresenceEvent.OfMember) event).member())
                .toList();
    }

    @Test
    void w2_whatIsNewerThanSomebodysAnswerWaitsForTheNextCall() {
        Changes changes = new ShardChangesMerger(List.of(told(5, LATER), told(9, LATER, 4, 6)), Long.MAX_VALUE).changes(SINCE);
        assertThat(members(changes)).containsExactly("m4");
        assertThat(changes.cursor()).isEqualTo("g|end|4");
        assertThat(changes.position().seq()).isEqualTo(1);
        assertThat(changes.untilNext()).as("asked again at once").isEqualTo(Changes.SOON);
    }

    @Test
    void w2_whatMayStillBeToldByWhoeverHasMoreIsNotOvertaken() {
        Changes changes =
                new ShardChangesMerger(List.of(told(9, Duration.ZERO, 2), told(9, LATER, 1, 3)), Long.MAX_VALUE).changes(SINCE);
        assertThat(members(changes)).containsExactly("m1", "m2");
        assertThat(changes.cursor()).isEqualTo("g|end|1");
        assertThat(changes.untilNext()).as("one answer does not hold it").isZero();
    }

    @Test
    void w2_whatEverybodyHasSpokenForIsToldInTheOrderOfTime() {
        Changes changes = new ShardChangesMerger(List.of(told(9, LATER, 2, 8), told(8, LATER, 1, 3)), Long.MAX_VALUE).changes(SINCE);
        assertThat(members(changes)).containsExactly("m1", "m2", "m3", "m8");
        assertThat(changes.cursor()).isEqualTo("g|end|end");
        assertThat(changes.untilNext()).isEqualTo(LATER);
    }

    @Test
    void g3_whatIsLaterThanTheResetIsNotTold() {
        Changes changes =
                new ShardChangesMerger(List.of(told(ShardChanges.CLOSED, LATER, 2, 8), told(ShardChanges.CLOSED, LATER)), 5).changes(SINCE);
        assertThat(members(changes)).containsExactly("m2");
        assertThat(changes.untilNext()).isEqualTo(LATER);
    }
}
