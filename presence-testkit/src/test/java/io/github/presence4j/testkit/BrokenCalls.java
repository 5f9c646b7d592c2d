package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stores whose calls block, cost too much or never end, or that send no signals. */
final class BrokenCalls {
    private BrokenCalls() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("no signal is sent", "w11_", Signalless::new),
                new BrokenStore("calls run on the callers' threads", "e8_", OnCallersThread::new),
                new BrokenStore("a close ends no call under way", "e4_", EndlessCalls::new),
                new BrokenStore("a call about one member takes longer in a large topic", "r3_", SlowWhenLarge::new));
    }

    private static final class Signalless extends ModelStore {
        Signalless(SharedState world) {
            super(world);
        }

        @Override
        public Subscription onChange(TopicId topic, ChangeListener wake) {
            return () -> {};
        }
    }

    /** Says that it is behind a network, but waits for each answer. */
    private static final class OnCallersThread extends ModelStore {
        OnCallersThread(SharedState world) {
            super(world);
        }

        @Override
        public int batchSlots() {
            return 2;
        }
    }

    /** Touches on a thread of its own, whose queue a close drops. */
    private static final class EndlessCalls extends ModelStore {
        private final ThreadPoolExecutor worker =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

        EndlessCalls(SharedState world) {
            super(world);
            worker.allowCoreThreadTimeOut(true);
        }

        @Override
        CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            CompletableFuture<TouchOutcome> answer = new CompletableFuture<>();
            worker.execute(() -> answer.complete(
                    super.touch(topic, touches).toCompletableFuture().join()));
            return answer;
        }

        @Override
        public void close() {
            super.close();
            worker.getQueue().clear();
        }
    }

    /** Takes long in a topic as large as the kit's large one; and only there, to spare the other tests. */
    private static final class SlowWhenLarge extends ModelStore {
        private static final long MEMBER_NANOS = 100_000;
        private static final int LARGE = 350;
        private static final int LARGEST = 400;

        SlowWhenLarge(SharedState world) {
            super(world);
        }

        private void read(Topic topic, int names) {
            int members;
            synchronized (world) {
                ModelCell cell = world.cells.get(id(topic.id()));
                members = cell == null ? 0 : cell.members.size();
            }
            if (names == 1 && members >= LARGE && members <= LARGEST) {
                LockSupport.parkNanos(members * MEMBER_NANOS);
            }
        }

        @Override
        CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            read(topic, touches.size());
            return super.touch(topic, touches);
        }

        @Override
        CompletionStage<Set<String>> leave(Topic topic, List<Leave> leaves) {
            read(topic, leaves.size());
            return super.leave(topic, leaves);
        }

        @Override
        CompletionStage<Map<String, Member>> live(Topic topic, List<String> members) {
            read(topic, members.size());
            return super.live(topic, members);
        }
    }
}
