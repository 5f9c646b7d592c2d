package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Checks the exact millisecond at which a session ends (rule T1: now - lastSeen &lt;= ttl), although the clock keeps running.
 * Reads the clock before and after a query, and uses only answers for which both readings agree. Each member is brought
 * close to its end and queried until it has ended.
 */
final class TtlBoundaryProbe {
    static final String MEMBER = "m";
    private static final int TRIES = 3000;
    /** A store that takes longer than a millisecond to answer is met as close as it can be. */
    private static final int TRIES_PER_MILLI = 200;

    private static final int HITS = 2;
    private static final Duration MIN_MARGIN = Duration.ofMillis(20);
    private static final Duration MAX_MARGIN = Duration.ofSeconds(2);

    private final TestContext stage;
    private final Duration ttl;
    private final Duration window;
    /** How long before the end a try begins: longer after one that came too late, as on a slow or busy machine. */
    private Duration margin = MIN_MARGIN;

    /** How far from the turn, in ms, a question may begin or end and still count. */
    private long slack;

    private int onTheEdge;
    private int justPast;

    private TtlBoundaryProbe(TestContext stage, Duration ttl, Duration window) {
        this.stage = stage;
        this.ttl = ttl;
        this.window = window;
    }

    /** A read must say that {@link #MEMBER} is live up to the end, the last millisecond included, and not longer. */
    static void probe(TestContext stage, Duration ttl, Duration window, Predicate<PresenceTopic> read) {
        TtlBoundaryProbe boundary = new TtlBoundaryProbe(stage, ttl, window);
        for (int i = 0; i < TRIES && !boundary.isMet(); i++) {
            boundary.follow(read);
        }
        boundary.requireMet();
    }

    /**
     * As {@link #probe}, for a call that changes what it reads, and so can be made only once. The function prepares it for
     * a topic whose end is near; it answers whether the member was live.
     */
    static void probeOnce(TestContext stage, Duration ttl, Function<PresenceTopic, BooleanSupplier> question) {
        TtlBoundaryProbe boundary = new TtlBoundaryProbe(stage, ttl, ttl);
        for (int i = 0; i < TRIES && !boundary.isMet(); i++) {
            boundary.slack = i / TRIES_PER_MILLI;
            boundary.ask(question, i % 2 == 1);
        }
        boundary.requireMet();
    }

    private boolean isMet() {
        return onTheEdge >= HITS && justPast >= HITS;
    }

    private void requireMet() {
        assertThat(isMet())
                .as("met the last live millisecond %s times and the one after it %s times", onTheEdge, justPast)
                .isTrue();
    }

    private void follow(Predicate<PresenceTopic> read) {
        PresenceTopic topic = nearItsEnd();
        Optional<Instant> lastSeen = topic.lastSeen(MEMBER);
        if (lastSeen.isPresent()) {
            long edge = lastSeen.get().toEpochMilli() + window.toMillis();
            long before;
            do {
                before = stage.millis();
                judge(() -> read.test(topic), edge, before);
            } while (before <= edge + 1);
        }
    }

    private void ask(Function<PresenceTopic, BooleanSupplier> question, boolean past) {
        PresenceTopic topic = nearItsEnd();
        Optional<Instant> lastSeen = topic.lastSeen(MEMBER);
        if (lastSeen.isPresent()) {
            long edge = lastSeen.get().toEpochMilli() + window.toMillis();
            BooleanSupplier prepared = question.apply(topic);
            long now = stage.millis();
            if (now > edge) {
                beginSooner(); // what was prepared may have seen the end already
                return;
            }
            while (now < (past ? edge + 1 : edge - slack)) {
                now = stage.millis();
            }
            judge(prepared, edge, now);
        } else {
            beginSooner();
        }
    }

    private void beginSooner() {
        Duration longer = margin.plus(MIN_MARGIN);
        margin = longer.compareTo(MAX_MARGIN) < 0 ? longer : MAX_MARGIN;
    }

    private PresenceTopic nearItsEnd() {
        PresenceTopic topic = stage.fresh(ttl);
        topic.touch(MEMBER);
        stage.elapse(window.minus(margin));
        return window.equals(ttl) ? topic : topic.within(window);
    }

    private void judge(BooleanSupplier question, long edge, long before) {
        boolean live = question.getAsBoolean();
        long after = stage.millis();
        if (after <= edge) {
            assertThat(live)
                    .as("live %s ms before the end, by %s", edge - after, window)
                    .isTrue();
        }
        if (before > edge) {
            assertThat(live)
                    .as("live %s ms after the end, by %s", before - edge, window)
                    .isFalse();
        }
        onTheEdge += before >= edge - slack && after <= edge ? 1 : 0;
        justPast += before > edge && after <= edge + 1 + slack ? 1 : 0;
    }
}
