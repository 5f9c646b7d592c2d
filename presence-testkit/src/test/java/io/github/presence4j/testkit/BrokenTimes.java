package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.spi.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** Stores that are wrong about time. */
final class BrokenTimes {
    private BrokenTimes() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("the last millisecond does not count", "t1_", Exclusive::new),
                new BrokenStore("one millisecond too many counts", "t1_", Late::new),
                new BrokenStore("each node has a clock of its own", "t2_", OwnClock::new),
                new BrokenStore("lastSeen follows a clock that is set back", "t3_", Backwards::new),
                new BrokenStore("a read judges by a clock that it reads late", "t1_", LateClock::new),
                new BrokenStore("the TTL is cut to whole seconds", "t4_", WholeSeconds::new),
                new BrokenStore("the TTL of the first touch stays", "t5_", FirstTtl::new),
                new BrokenStore("a longer TTL brings back who had lapsed", "t5_", Reviving::new),
                new BrokenStore("the TTL of who made the topic stays while it is longer", "t5_", MakersTtl::new),
                new BrokenStore("a longer TTL brings back sessions that had lapsed", "t5_", RevivingSessions::new),
                new BrokenStore("watchers get no signal of a shorter TTL", "t5_", Unheard::new),
                new BrokenStore("each change of the TTL is a signal", "t5_", Chatty::new),
                new BrokenStore("a window is ignored", "t6_", NoWindow::new),
                new BrokenStore("a window may be longer than the TTL", "t6_", WideWindow::new));
    }

    private static final class Exclusive extends ModelStore {
        Exclusive(SharedState world) {
            super(world);
        }

        @Override
        boolean live(long age, long ttl) {
            return age < ttl;
        }
    }

    private static final class Late extends ModelStore {
        Late(SharedState world) {
            super(world);
        }

        @Override
        boolean live(long age, long ttl) {
            return age <= ttl + 1;
        }
    }

    private static final class OwnClock extends ModelStore {
        private final long fast;

        OwnClock(SharedState world) {
            super(world);
            this.fast = world.nextEpoch() % 2 * 15_000;
        }

        @Override
        long now() {
            return super.now() + fast;
        }
    }

    private static final class Backwards extends ModelStore {
        Backwards(SharedState world) {
            super(world);
        }

        @Override
        long seen(long before, long now) {
            return now;
        }
    }

    /** Reads the members first, and the clock after a pause. */
    private static final class LateClock extends ModelStore {
        LateClock(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<Map<String, Member>> live(Topic topic, List<String> members) {
            return super.live(topic, members).thenApply(found -> {
                if (topic.ttl().compareTo(Duration.ofMillis(100)) < 0) {
                    LockSupport.parkNanos(Duration.ofMillis(12).toNanos());
                }
                Map<String, Member> live = new HashMap<>(found);
                live.values().removeIf(member -> now() - member.lastSeen().toEpochMilli() > ttl(topic));
                return live;
            });
        }
    }

    private static final class WholeSeconds extends ModelStore {
        WholeSeconds(SharedState world) {
            super(world);
        }

        @Override
        long ttl(Topic topic) {
            return topic.ttl().toSeconds() * 1_000;
        }
    }

    private static final class FirstTtl extends ModelStore {
        FirstTtl(SharedState world) {
            super(world);
        }

        @Override
        void record(ModelCell cell, long ttl) {
            cell.ttl = cell.members.isEmpty() ? ttl : cell.ttl;
        }
    }

    private static final class Reviving extends ModelStore {
        Reviving(SharedState world) {
            super(world);
        }

        @Override
        void record(ModelCell cell, long ttl) {
            cell.ttl = ttl;
        }
    }

    private static final class MakersTtl extends ModelStore {
        MakersTtl(SharedState world) {
            super(world);
        }

        @Override
        void record(ModelCell cell, long ttl) {
            super.record(cell, cell.members.isEmpty() ? Math.max(cell.ttl, ttl) : ttl);
        }
    }

    private static final class RevivingSessions extends ModelStore {
        RevivingSessions(SharedState world) {
            super(world);
        }

        @Override
        void record(ModelCell cell, long ttl) {
            reclaim(cell, cell.ttl == ttl ? 0 : Integer.MAX_VALUE);
            cell.ttl = ttl;
        }
    }

    private static final class Unheard extends ModelStore {
        Unheard(SharedState world) {
            super(world);
        }

        @Override
        boolean isDueEarlier(ModelCell cell) {
            return false;
        }
    }

    private static final class Chatty extends ModelStore {
        private long ttl;

        Chatty(SharedState world) {
            super(world);
        }

        @Override
        boolean isDueEarlier(ModelCell cell) {
            boolean other = cell.ttl != ttl;
            ttl = cell.ttl;
            return other;
        }
    }

    private static final class NoWindow extends ModelStore {
        NoWindow(SharedState world) {
            super(world);
        }

        @Override
        long window(ModelCell cell, Topic topic) {
            return cell.ttl;
        }
    }

    private static final class WideWindow extends ModelStore {
        WideWindow(SharedState world) {
            super(world);
        }

        @Override
        long window(ModelCell cell, Topic topic) {
            return topic.window() == null ? cell.ttl : topic.window().toMillis();
        }
    }
}
