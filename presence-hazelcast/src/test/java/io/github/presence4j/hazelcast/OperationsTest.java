package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many operations the owner of a topic is asked for. Counted, not timed. */
class OperationsTest {
    private static final int CALLERS = 512;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int PER_OPERATION = 1000;

    private final int port = MemberProcess.freePort();
    private final HazelcastInstance member = TestCluster.member(TestCluster.anyName(), port, port);
    private final CountedClock clock = CountedClock.install(member);
    private final HazelcastStore store =
            HazelcastStore.builder().instance(member).timeout(TIMEOUT).build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().timeout(TIMEOUT).build());
    private final PresenceTopic room = presence.topic("room");

    @BeforeEach
    void join() {
        room.touchAll(names(3000));
        clock.operations();
    }

    @AfterEach
    void close() {
        presence.close();
        store.close();
        member.getLifecycleService().terminate();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private void isOperations(long expected, Runnable call) {
        call.run();
        assertThat(clock.operations()).isEqualTo(expected);
    }

    @Test
    void r5_bulkIsOneOperation() {
        isOperations(1, () -> room.touchAll(names(256)));
        isOperations(1, () -> room.touchAll(names(PER_OPERATION)));
        isOperations(1, () -> room.liveAmong(names(100)));
        isOperations(1, () -> room.liveAmong(names(PER_OPERATION)));
    }

    @Test
    void r3_aLargeBulkCallIsAnOperationForEachThousand() {
        isOperations(3, () -> room.touchAll(names(2 * PER_OPERATION + 1)));
        isOperations(3, () -> room.liveAmong(names(2 * PER_OPERATION + 1)));
    }

    @Test
    void r5_singleCallsAreOneOperation() {
        isOperations(1, () -> room.touch("m1"));
        isOperations(1, () -> room.touch("m1", "tab", "data"));
        isOperations(1, () -> room.isLive("m1"));
        isOperations(1, () -> room.lastSeen("m1"));
        isOperations(1, () -> room.leave("m1"));
        isOperations(1, room::count);
        isOperations(1, () -> room.page(null, 1000));
        isOperations(1, room::reset);
    }

    /** Once they are known to have expired, the next count is one operation. */
    @Test
    void b6_aCountOfMembersThatHaveExpiredIsAnOperationForEachTenThousand() {
        room.touchAll(names(2 * HazelcastTopic.LOOKS_PER_COUNT + 1));
        clock.elapse(Duration.ofDays(1));
        clock.operations();
        isOperations(3, () -> assertThat(room.count()).isZero());
        isOperations(1, () -> assertThat(room.count()).isZero());
    }

    /** Eight thousand names at a time. */
    @Test
    void r5_aListOfThousandsIsOneOperation() {
        isOperations(1, () -> assertThat(room.list()).hasSize(3000));
    }

    @Test
    void r5_touchesUnderWayTogetherAreAHandfulOfOperations() {
        AsyncPresenceTopic calls = room.async();
        clock.stop();
        List<CompletionStage<Boolean>> answers;
        try {
            answers = names(CALLERS).stream().map(calls::touch).toList();
        } finally {
            clock.goOn();
        }
        answers.forEach(answer -> answer.toCompletableFuture().join());
        assertThat(clock.operations())
                .as("each slot is taken by the first that comes, and the rest gather")
                .isEqualTo(store.batchSlots() + 1);
    }
}
