package io.github.presence4j.testkit;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stores that tell watchers something else than what happened. */
final class BrokenWatches {
    private BrokenWatches() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("the log begins with the second question", "w1_", LateLog::new),
                new BrokenStore("an update has the seq of the event before", "w2_", SharedSeq::new),
                new BrokenStore("a touch of a live member joins it again", "w3_", JoinsAgain::new),
                new BrokenStore("a timeout is lost", "w4_", LostTimeout::new),
                new BrokenStore("a timeout comes a moment early", "w4_", EarlyTimeout::new),
                new BrokenStore("a lapsed member is renewed as if nothing had been", "w4_", SilentRenewal::new),
                new BrokenStore("the next timeout is announced too late", "w4_", LateNext::new),
                new BrokenStore("a history that is too short is told as if it were whole", "w5_", NoGap::new),
                new BrokenStore("a timeout is recorded twice", "w7_", TwiceTimedOut::new),
                new BrokenStore("whether somebody joins is decided before the touch", "w7_", Racy::new));
    }

    private static final class LateLog extends ModelStore {
        LateLog(SharedState world) {
            super(world);
        }

        @Override
        void watch(ModelCell cell, @Nullable String cursor) {
            if (cursor != null) {
                super.watch(cell, cursor);
            }
        }

        @Override
        long from(ModelCell cell, String cursor) {
            return Math.max(0, super.from(cell, cursor));
        }
    }

    private static final class SharedSeq extends ModelStore {
        SharedSeq(SharedState world) {
            super(world);
        }

        @Override
        void update(ModelCell cell, Touch touch, String data) {
            append(cell, new PresenceEvent.Updated(touch.member(), touch.session(), data, cell.position(), false));
        }
    }

    private static final class JoinsAgain extends ModelStore {
        JoinsAgain(SharedState world) {
            super(world);
        }

        @Override
        void update(ModelCell cell, Touch touch, String data) {
            append(cell, new PresenceEvent.Joined(touch.member(), touch.session(), data, cell.next(), false));
        }
    }

    private static final class LostTimeout extends ModelStore {
        LostTimeout(SharedState world) {
            super(world);
        }

        @Override
        void timeOut(ModelCell cell, String member) {}
    }

    private static final class EarlyTimeout extends ModelStore {
        EarlyTimeout(SharedState world) {
            super(world);
        }

        @Override
        boolean lapsed(ModelCell cell, String member) {
            return cell.members.containsKey(member) && !isLive(cell, cell.sessions(member), cell.ttl - 10);
        }
    }

    private static final class SilentRenewal extends ModelStore {
        SilentRenewal(SharedState world) {
            super(world);
        }

        @Override
        void renewLapsed(ModelCell cell, Touch touch) {}

        @Override
        int reclaimed() {
            return 0;
        }
    }

    private static final class LateNext extends ModelStore {
        LateNext(SharedState world) {
            super(world);
        }

        @Override
        Duration untilNext(ModelCell cell, long millis) {
            return Duration.ofMillis(cell.ttl);
        }
    }

    private static final class NoGap extends ModelStore {
        NoGap(SharedState world) {
            super(world);
        }

        @Override
        long from(ModelCell cell, String cursor) {
            return Math.max(0, super.from(cell, cursor));
        }
    }

    private static final class TwiceTimedOut extends ModelStore {
        TwiceTimedOut(SharedState world) {
            super(world);
        }

        @Override
        void timeOut(ModelCell cell, String member) {
            super.timeOut(cell, member);
            super.timeOut(cell, member);
        }
    }

    private static final class Racy extends ModelStore {
        Racy(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            List<String> members =
                    touches.stream().map(Touch::member).distinct().toList();
            return live(topic, members).thenCompose(live -> {
                LockSupport.parkNanos(10_000);
                return super.touch(topic, touches).thenApply(outcome -> {
                    Set<String> joined = new HashSet<>(members);
                    joined.removeAll(live.keySet());
                    return new TouchOutcome(joined, outcome.ignored(), outcome.refused());
                });
            });
        }
    }
}
