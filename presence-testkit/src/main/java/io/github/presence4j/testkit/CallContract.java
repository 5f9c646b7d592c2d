package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Touch;
import io.github.presence4j.spi.TopicStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Rules E4 and E8 of a store itself: it does not block its callers, and a close leaves no call without an end. */
interface CallContract {
    /** A machine that is busy may end a call before its caller runs again. It does not do so this often in a row. */
    int CALLS = 50;

    @Test
    default void e8_aStoreBehindANetworkDoesNotWorkOnItsCallersThread(TestContext stage) {
        if (stage.link().batchSlots() == 0) {
            return; // a local store is called directly, by the threads of its callers
        }
        TopicStore topic = stage.link().topic(stage.spi(stage.topic()));
        List<Touch> touches = MemberNames.of("m", 1_000).stream().map(Touch::of).toList();
        boolean returnedBefore = false;
        for (int i = 0; i < CALLS && !returnedBefore; i++) {
            CompletableFuture<?> call = topic.touch(touches).toCompletableFuture();
            returnedBefore = !call.isDone();
            stage.await(call);
        }
        assertThat(returnedBefore)
                .as("a touch of %d members returned a stage before its work was done, once in %d calls", 1_000, CALLS)
                .isTrue();
    }

    @Test
    default void e4_closingAStoreEndsItsCallsUnderWay(TestContext stage) {
        TopicStore topic = stage.link().topic(stage.spi(stage.topic()));
        List<CompletionStage<?>> calls = new ArrayList<>();
        List<Touch> touches = MemberNames.of("m", 500).stream().map(Touch::of).toList();
        for (int i = 0; i < CALLS; i++) {
            calls.add(topic.touch(touches));
            calls.add(topic.count());
        }
        stage.link().close();
        stage.until(
                "every call that was under way has ended, after the close of the store",
                () -> calls.stream().allMatch(call -> call.toCompletableFuture().isDone()));
    }
}
