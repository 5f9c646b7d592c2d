package io.github.presence4j.testkit;

import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Rule W11: signals. Runs before all other tests. Without signals watchers still work, but slowly, so that dozens of tests fail
 * in odd ways.
 */
interface SignalContract {
    int FIRST = 1;

    @Test
    @Order(FIRST)
    default void w11_aChangeSignalsTheOtherNode(TestContext stage) {
        PresenceTopic topic = stage.topic();
        ManualWatcher history = stage.history(stage.peerLink(), topic);
        AtomicInteger signals = new AtomicInteger();
        Subscription subscription = stage.peerLink().onChange(stage.spi(topic).id(), signals::incrementAndGet);
        try {
            AtomicInteger touched = new AtomicInteger();
            await(stage, () -> {
                topic.touch("early " + touched.incrementAndGet()); // the registration may take a moment
                return signals.get() > 0;
            });
            history.changes();
            int before = signals.get();
            topic.touch("late");
            await(stage, () -> signals.get() > before);
        } finally {
            subscription.close();
        }
    }

    private static void await(TestContext stage, BooleanSupplier signalled) {
        try {
            stage.until("a signal", signalled);
        } catch (AssertionError e) {
            double seconds = stage.patience().toMillis() / 1_000.0;
            throw new AssertionError("no signal from the other node within " + seconds + " s: onChange", e);
        }
    }
}
