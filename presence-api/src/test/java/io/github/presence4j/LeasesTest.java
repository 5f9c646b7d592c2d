package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leases on a store whose answers the test gives, on a clock that the test moves. */
class LeasesTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    /** The longest pause between two beats. */
    private static final Duration BEAT = TTL.dividedBy(3);

    /** The longest pause before a failed beat is repeated. */
    private static final Duration RETRY = Duration.ofMillis(1_500);

    private final VirtualTimer timer = new VirtualTimer();
    private final BeatenStore store = new BeatenStore();
    private final CallDeadlines bounds = new CallDeadlines("test", Duration.ofSeconds(20));
    private final TopicCalls calls = calls(TTL);
    private final Leases leases = new Leases(timer, Runnable::run);

    private TopicCalls calls(Duration ttl) {
        return new TopicCalls(
                bounds, store, SingleCalls.of(store, bounds), new Topic(new TopicId("", "room"), ttl, null));
    }

    /** The old lease may be closed while the touch of the new one is under way. */
    @Test
    void s6_aLeaseCountsFromBeforeItsFirstTouch() throws Exception {
        Lease old = leases.hold(calls, Touch.of("ana", "tab"));
        store.prompt = false;
        CompletableFuture<Lease> holding =
                CompletableFuture.supplyAsync(() -> leases.hold(calls, Touch.of("ana", "tab")));
        while (store.open.isEmpty() && !holding.isDone()) {
            Thread.onSpinWait();
        }
        old.close();
        assertThat(store.left).isEmpty();
        store.open.remove().succeed();
        Lease lease = holding.get(20, TimeUnit.SECONDS);
        assertThat(lease.state()).isEqualTo(Lease.State.HELD);
        lease.close();
        assertThat(store.left).containsExactly(new Leave("ana", "tab"));
    }

    /** Otherwise the session of the closed lease would stay live for a TTL, held by no lease. */
    @Test
    void s6_aHoldThatFailsLeavesForALeaseThatWasClosedUnderWay() {
        Lease old = leases.hold(calls, Touch.of("ana", "tab"));
        store.nextTouch(() -> {
            old.close();
            return CompletableFuture.failedFuture(new IllegalArgumentException("by the test"));
        });
        assertThatThrownBy(() -> leases.hold(calls, Touch.of("ana", "tab"))).isInstanceOf(PresenceException.class);
        assertThat(store.left).containsExactly(new Leave("ana", "tab"));
    }

    @Test
    void s6_leasesCountOverAllTtls() {
        Lease first = leases.hold(calls, Touch.of("ana", "tab"));
        Lease second = leases.hold(calls(TTL.plusMillis(1)), Touch.of("ana", "tab"));
        first.close();
        assertThat(store.left).isEmpty();
        second.close();
        assertThat(store.left).containsExactly(new Leave("ana", "tab"));
    }

    /** Otherwise each beat would change the data to and fro, and end with any of them. */
    @Test
    void s6_leasesOfOneSessionBeatWithTheDataOfTheLastThatHasAny() {
        Lease first = leases.hold(calls, Touch.of("ana", "tab").withData("typing"));
        leases.hold(calls, Touch.of("ana", "tab").withData("idle"));
        Lease last = leases.hold(calls, Touch.of("ana", "tab").withData("typing"));
        leases.hold(calls, Touch.of("ana", "tab"));
        leases.hold(calls, Touch.of("bo", "tab").withData("away"));
        last.close();
        store.touched.clear();
        beat();
        assertThat(store.touched.stream().flatMap(List::stream))
                .filteredOn(touch -> touch.data() != null)
                .containsExactlyInAnyOrder(
                        Touch.of("ana", "tab").withData("typing"),
                        Touch.of("bo", "tab").withData("away"));
        assertThat(first.state()).isEqualTo(Lease.State.HELD);
    }

    @Test
    void b7_manyLeasesBeatInBoundedBulksOfWhichFewAreUnderWay() {
        int many = 50_000;
        for (int i = 0; i < many; i++) {
            leases.hold(calls, Touch.of("m" + i, "s"));
        }
        store.touched.clear();
        store.prompt = false;
        timer.advance(BEAT);
        List<Touch> beaten = new ArrayList<>();
        for (BeatenStore.Open bulk = store.open.poll(); bulk != null; bulk = store.open.poll()) {
            assertThat(bulk.touches()).hasSizeLessThanOrEqualTo(LeaseBeats.BULK);
            assertThat(store.open).hasSizeLessThan(LeaseBeats.BULKS_AT_ONCE);
            beaten.addAll(bulk.touches());
            bulk.succeed();
        }
        assertThat(beaten).hasSize(many).doesNotHaveDuplicates();
        timer.advance(RETRY.multipliedBy(4));
        assertThat(store.open).as("no retry").isEmpty();
    }

    @Test
    void w8_onlyTheLeasesOfAFailedBulkBeatAgainSoon() {
        hold(2 * LeaseBeats.BULK);
        store.nextTouch(() -> CompletableFuture.failedFuture(new IllegalStateException("by the test")));
        beat();
        assertThat(store.touched).hasSize(2);
        List<Touch> failed = store.touched.remove();
        store.touched.clear();
        timer.advance(RETRY);
        assertThat(store.touched).containsExactly(failed);
    }

    @Test
    void w8_inAnOutageTheRestOfABeatWaitsForTheRetryAndIsFirst() {
        hold(10 * LeaseBeats.BULK);
        store.nextTouch(
                () -> CompletableFuture.failedFuture(new PresenceUnavailableException("away, by the test", null)));
        beat();
        List<Touch> failed = store.touched.remove();
        assertThat(store.touched).hasSizeLessThan(LeaseBeats.BULKS_AT_ONCE);
        List<Touch> sent = new ArrayList<>(failed);
        store.touched.forEach(sent::addAll);
        store.touched.clear();
        timer.advance(RETRY);
        assertThat(store.touched.element()).doesNotContainAnyElementsOf(sent);
        store.touched.forEach(sent::addAll);
        assertThat(sent).hasSize(11 * LeaseBeats.BULK);
        assertThat(sent.subList(10 * LeaseBeats.BULK, sent.size())).isEqualTo(failed);
    }

    @Test
    void w8_anErrorInABeatEndsNoLease() {
        Lease lease = leases.hold(calls, Touch.of("ana", "tab"));
        store.touched.clear();
        store.nextTouch(() -> {
            throw new AssertionError("thrown by the test");
        });
        store.nextTouch(() -> CompletableFuture.failedFuture(new AssertionError("answered by the test")));
        timer.advance(BEAT);
        timer.advance(RETRY);
        timer.advance(RETRY);
        assertThat(store.touched).hasSize(3).containsOnly(List.of(lease.touch()));
        timer.advance(BEAT);
        assertThat(store.touched).hasSizeGreaterThan(3);
        assertThat(lease.state()).isEqualTo(Lease.State.HELD);
    }

    @Test
    void s7_aLeaseThatIsIgnoredOrRefusedStopsBeatingAndReportsIt() {
        Lease ana = leases.hold(calls, Touch.of("ana", "tab"));
        Lease bo = leases.hold(calls, Touch.of("bo", "tab"));
        Lease cy = leases.hold(calls, Touch.of("cy", "tab"));
        List<Lease.State> ends = new ArrayList<>();
        List.of(ana, bo, cy).forEach(lease -> lease.onEnd(ends::add));
        store.nextTouch(() -> CompletableFuture.completedFuture(
                new TouchOutcome(Set.of(), Set.of(ana.touch()), Map.of(bo.touch(), "Limit reached."))));
        timer.advance(BEAT);
        assertThat(ends).containsExactly(Lease.State.ENDED_ELSEWHERE, Lease.State.REFUSED);
        store.touched.clear();
        timer.advance(BEAT);
        assertThat(store.touched).contains(List.of(cy.touch())).doesNotHaveDuplicates();
        ana.close();
        bo.close();
        assertThat(store.left)
                .as("a closed lease that has ended leaves nothing")
                .isEmpty();
        assertThat(List.of(ana.state(), bo.state(), cy.state()))
                .containsExactly(Lease.State.ENDED_ELSEWHERE, Lease.State.REFUSED, Lease.State.HELD);
        assertThat(ends).hasSize(2);
    }

    @Test
    void w8_theEndOfALeaseIsReportedAlsoIfTheExecutorWasFull() {
        AtomicInteger refusals = new AtomicInteger(2);
        Executor full = task -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("full, by the test");
            }
            task.run();
        };
        Lease lease = new Leases(timer, full).hold(calls, Touch.of("ana", "tab"));
        List<Lease.State> ends = new ArrayList<>();
        lease.onEnd(state -> {
            ends.add(state);
            throw new IllegalStateException("thrown by the test's listener");
        });
        lease.close();
        assertThat(ends).isEmpty();
        timer.advance(Duration.ofSeconds(5));
        assertThat(ends).containsExactly(Lease.State.CLOSED);
    }

    @Test
    void g5_afterTheLastLeaseNothingIsScheduled() {
        Lease lease = leases.hold(calls, Touch.of("ana", "tab"));
        lease.close();
        store.touched.clear();
        timer.advance(TTL);
        assertThat(store.touched).isEmpty();
    }

    private void hold(int count) {
        IntStream.range(0, count).forEach(i -> leases.hold(calls, Touch.of("m" + i, "s")));
        store.touched.clear();
    }

    /** Moves the clock to the next beat, but not as far as a retry. */
    private void beat() {
        while (store.touched.isEmpty()) {
            timer.advance(Duration.ofMillis(10));
        }
    }
}
