package io.github.presence4j.testkit;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The environment of one test: a namespace of its own, two nodes on it, and the clock. */
final class TestContext implements AutoCloseable {
    /** The TTL of {@link #topic()}. Its third is the longest pause of a watcher, which {@link #pass} respects. */
    static final Duration TTL = Duration.ofSeconds(60);

    /** How much longer than promised a busy machine may take. */
    static final Duration SLACK = Duration.ofSeconds(3);

    /** Short enough to outlive, long enough for a beat that a busy machine delays. */
    static final Duration SHORT = Duration.ofMillis(600);

    /** The number of new members in a busy topic whose expired members have to be removed. */
    static final int TRAFFIC = 100;

    /** The number of expired members that may remain after the traffic. */
    static final int REST = 64;

    static final Duration SWEEP = Duration.ofMillis(200);
    private static final Duration STEP = TTL.dividedBy(3);

    private final PresenceStoreFixture fixture;
    private final String namespace = "kit " + UUID.randomUUID();
    private final AtomicInteger names = new AtomicInteger();
    private final Deque<Runnable> open = new ArrayDeque<>();
    private final FaultyStore link;
    private final FaultyStore peerLink;
    private final Presence node;
    private final Presence peer;

    TestContext(PresenceStoreFixture fixture) {
        this.fixture = fixture;
        this.link = new FaultyStore(fixture.node());
        this.peerLink = new FaultyStore(fixture.peer());
        this.node = opened(link, config -> config);
        this.peer = opened(peerLink, config -> config);
    }

    /** Presence on {@link #link()} with a configuration of its own. */
    Presence open(UnaryOperator<PresenceConfig.Builder> settings) {
        return opened(link, settings);
    }

    private Presence opened(PresenceStore store, UnaryOperator<PresenceConfig.Builder> settings) {
        PresenceConfig.Builder config = PresenceConfig.builder()
                .namespace(namespace)
                .ttl(TTL)
                .sweepInterval(SWEEP)
                .timeout(Duration.ofSeconds(10));
        Presence presence = Presence.using(store, settings.apply(config).build());
        open.push(presence::close);
        return presence;
    }

    Presence node() {
        return node;
    }

    Presence peer() {
        return peer;
    }

    /** What {@link #node()} goes through. */
    FaultyStore link() {
        return link;
    }

    /** What {@link #peer()} goes through. */
    FaultyStore peerLink() {
        return peerLink;
    }

    String namespace() {
        return namespace;
    }

    PresenceTopic topic() {
        return node.topic("room");
    }

    /** {@link #topic()} as the other node sees it. */
    PresenceTopic peerTopic() {
        return peer.topic("room");
    }

    /** A topic that no one has touched yet. */
    PresenceTopic fresh(Duration ttl) {
        return node.topic("room " + names.incrementAndGet(), ttl);
    }

    /** Returns the topic as the store receives it. */
    Topic spi(PresenceTopic topic) {
        return new Topic(new TopicId(namespace, topic.name()), topic.ttl(), null);
    }

    RecordingWatcher watch(PresenceTopic topic) {
        RecordingWatcher watcher = RecordingWatcher.of(topic, fixture.patience());
        open.push(watcher::close);
        return watcher;
    }

    /** Returns the current position of the topic's log, as a node sees it. */
    ManualWatcher history(PresenceStore store, PresenceTopic topic) {
        return new ManualWatcher(this, store.topic(spi(topic)));
    }

    Instant now() {
        return fixture.now();
    }

    long millis() {
        return fixture.now().toEpochMilli();
    }

    /** Time passes at once; watchers are hinted. */
    void elapse(Duration duration) {
        settle();
        fixture.elapse(duration);
        link.wake();
        peerLink.wake();
    }

    /** Time passes as watchers see it pass: in steps that are no longer than their pauses, each followed by a look. */
    void pass(Duration duration) {
        Duration left = duration;
        while (!left.isZero()) {
            Duration step = left.compareTo(STEP) < 0 ? left : STEP;
            settle();
            fixture.elapse(step);
            link.look(fixture.patience());
            peerLink.look(fixture.patience());
            left = left.minus(step);
        }
    }

    /**
     * Waits until the store has ended the calls under way, those of closed watchers too. Otherwise a poll may reach the store
     * after the time has passed, and mark a topic as watched that should have been reclaimed.
     */
    private void settle() {
        link.settle(fixture.patience());
        peerLink.settle(fixture.patience());
    }

    long occupied(PresenceTopic topic) {
        return fixture.occupied(spi(topic).id());
    }

    /** Waits for the fixture's patience until a condition holds. */
    void until(String what, BooleanSupplier condition) {
        Eventually.await(fixture.patience(), what, condition);
    }

    int largestTopic() {
        return fixture.largestTopic();
    }

    Duration patience() {
        return fixture.patience();
    }

    <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(fixture.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("The store failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The store did not answer within " + fixture.patience(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    static boolean isTimeout(PresenceEvent event) {
        return event instanceof PresenceEvent.TimedOut;
    }

    @Override
    public void close() {
        link.disturb(StoreFault.NONE);
        peerLink.disturb(StoreFault.NONE);
        while (!open.isEmpty()) {
            open.pop().run();
        }
        fixture.close();
    }
}
