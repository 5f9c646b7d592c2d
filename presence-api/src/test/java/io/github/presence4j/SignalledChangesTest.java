package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.NextChanges;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes that come with signals are delivered only as far as they follow what the watch has. */
class SignalledChangesTest {
    private final SignalledChanges signalled = new SignalledChanges();

    private static Changes upTo(long seq, long epoch) {
        return new Changes("c" + seq, new Position(epoch, seq), List.of(), false, Changes.NEVER);
    }

    private static Changes upTo(long seq) {
        return upTo(seq, 1);
    }

    private void signal(long from, long to) {
        signalled.add(new NextChanges("c" + from, upTo(to)));
    }

    @Test
    void w5_changesThatFollowComeOneAfterAnother() {
        signal(1, 2);
        signal(2, 5);
        assertThat(signalled.next(upTo(1))).isEqualTo(upTo(2));
        assertThat(signalled.next(upTo(2))).isEqualTo(upTo(5));
        assertThat(signalled.next(upTo(5))).isNull();
        assertThat(signalled.takeIncomplete()).isFalse();
    }

    @Test
    void w5_afterALostSignalTheWatchPollsOnce() {
        signal(1, 2);
        signal(3, 4);
        assertThat(signalled.next(upTo(1))).isEqualTo(upTo(2));
        assertThat(signalled.next(upTo(2))).isNull();
        assertThat(signalled.takeIncomplete()).isTrue();
        assertThat(signalled.takeIncomplete()).isFalse();
    }

    @Test
    void w2_whatAPollHasReadIsDroppedWithoutAnotherPoll() {
        signal(1, 2);
        signal(2, 3);
        signal(3, 4);
        assertThat(signalled.next(upTo(3))).as("the poll read two of three").isEqualTo(upTo(4));
        signal(4, 5);
        assertThat(signalled.next(upTo(5))).isNull();
        assertThat(signalled.takeIncomplete()).as("the poll read all").isFalse();
    }

    @Test
    void w5_changesOfAnotherEpochDoNotFollow() {
        signal(1, 2);
        assertThat(signalled.next(upTo(1, 2))).isNull();
        assertThat(signalled.takeIncomplete()).isTrue();
        signal(1, 2);
        assertThat(signalled.next(upTo(2, 2))).isNull();
        assertThat(signalled.takeIncomplete()).isTrue();
    }

    @Test
    void b5_aSlowWatchKeepsFewAndPolls() {
        for (int seq = 0; seq < 10_000; seq++) {
            signal(seq, seq + 1);
        }
        int delivered = 0;
        Changes last = upTo(0);
        for (Changes next = signalled.next(last); next != null; next = signalled.next(last)) {
            delivered++;
            last = next;
        }
        assertThat(delivered).isLessThan(100);
        assertThat(signalled.takeIncomplete()).isTrue();
    }
}
