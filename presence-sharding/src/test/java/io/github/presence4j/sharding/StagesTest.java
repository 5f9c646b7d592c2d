package io.github.presence4j.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TogetherTest {
    private final List<CompletableFuture<Integer>> underWay = new ArrayList<>();

    private void begin(List<String> members) {
        Stages.parts(2, 2, members, Function.identity(), part -> {
            CompletableFuture<Integer> call = new CompletableFuture<>();
            underWay.add(call);
            return call;
        });
    }

    @Test
    void o1_partsAboutOneMemberAreNotUnderWayTogether() {
        begin(List.of("ana", "bo", "cy", "ana", "di"));
        assertThat(underWay).hasSize(1);
        underWay.get(0).complete(1);
        assertThat(underWay).hasSize(2);
        underWay.get(1).complete(1);
        assertThat(underWay).hasSize(3);
    }

    @Test
    void r5_otherPartsAreUnderWayTogether() {
        begin(List.of("ana", "bo", "cy", "di", "eve"));
        assertThat(underWay).hasSize(2);
        underWay.get(0).complete(1);
        assertThat(underWay).hasSize(3);
    }

    /** Otherwise a reset that follows the cancellation could be sent before a part that another thread is just sending. */
    @Test
    @Timeout(10)
    void o2_aCancellationReturnsOnceNoPartCanBeMadeAnyMore() throws InterruptedException {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Integer> made = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LaterCall<Integer> later = LaterCall.after(first, () -> {
            begun.countDown();
            await(goOn);
            return made;
        });
        CompletableFuture.runAsync(() -> first.complete(1));
        begun.await();
        Thread cancelling = new Thread(() -> later.cancel(false));
        cancelling.start();
        while (cancelling.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        cancelling.join();
        assertThat(made).isCancelled();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void t5_nothingIsOneEmptyPart() {
        begin(List.of());
        assertThat(underWay).hasSize(1);
    }
}
