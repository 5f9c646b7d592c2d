package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The leaves of many leases when they are closed together, on a store whose answers the test gives. */
class ClosingLeavesTest {
    private static final int MANY = 50_000;
    private static final int MAX_UNDER_WAY = 64;

    private final BeatenStore store = new BeatenStore();
    private final CallDeadlines bounds = new CallDeadlines("test", Duration.ofSeconds(20));
    private final Leases leases = new Leases(new VirtualTimer(), Runnable::run);

    @Test
    void b7_manyLeasesLeaveInBoundedBulks() {
        hold(MANY, 1);
        leases.close();
        assertThat(store.left).hasSize(MANY);
        assertThat(store.leaveSizes).allMatch(size -> size <= LeaseBeats.BULK);
    }

    @Test
    void b7_ofTheLeavesOfManyTopicsFewAreUnderWay() throws Exception {
        hold(MANY, MANY);
        store.prompt = false;
        CompletableFuture<?> closing = CompletableFuture.runAsync(leases::close);
        for (int answered = 0; answered < MANY; answered++) {
            nextLeave().complete(Set.of());
            assertThat(store.openLeaves).hasSizeLessThanOrEqualTo(MAX_UNDER_WAY);
        }
        closing.get(20, TimeUnit.SECONDS);
        assertThat(store.left).hasSize(MANY);
    }

    /** Each call would take the timeout to fail. */
    @Test
    void b7_aStoreThatIsAwayIsAskedNoMore() throws Exception {
        hold(MANY, MANY);
        store.prompt = false;
        CompletableFuture<?> closing = CompletableFuture.runAsync(leases::close);
        nextLeave().completeExceptionally(new PresenceUnavailableException("away, by the test", null));
        while (!closing.isDone()) {
            CompletableFuture<Set<String>> other = store.openLeaves.poll();
            if (other != null) {
                other.complete(Set.of());
            }
        }
        closing.get(20, TimeUnit.SECONDS);
        assertThat(store.left).hasSizeLessThanOrEqualTo(2 * MAX_UNDER_WAY);
    }

    private CompletableFuture<Set<String>> nextLeave() {
        CompletableFuture<Set<String>> next = store.openLeaves.poll();
        while (next == null) {
            Thread.onSpinWait();
            next = store.openLeaves.poll();
        }
        return next;
    }

    private void hold(int count, int topics) {
        SingleCalls singles = SingleCalls.of(store, bounds);
        for (int i = 0; i < count; i++) {
            Topic topic = new Topic(new TopicId("", "room" + i % topics), Duration.ofMinutes(5), null);
            leases.hold(new TopicCalls(bounds, store, singles, topic), Touch.of("m" + i, "s"));
        }
    }
}
