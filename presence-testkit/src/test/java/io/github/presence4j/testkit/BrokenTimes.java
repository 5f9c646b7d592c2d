package io.github.presence4j.testkit;

import io.github.presence4j.spi.Topic;
import java.util.List;

/** Stores that are wrong about time. */
final class BrokenTimes {
    private BrokenTimes() {}

    static List<Broken> all() {
        return List.of(
                new Broken("the last millisecond does not count", "t1_", Exclusive::new),
                new Broken("one millisecond too many counts", "t1_", Late::new),
                new Broken("each node has a clock of its own", "t2_", OwnClock::new),
                new Broken("lastSeen follows a clock that is set back", "t3_", Backwards::new),
                new Broken("the TTL is cut to whole seconds", "t4_", WholeSeconds::new),
                new Broken("the TTL of the first touch stays", "t5_", FirstTtl::new),
                new Broken("a longer TTL brings back who had lapsed", "t5_", Reviving::new),
                new Broken("the TTL of who made the topic stays while it is longer", "t5_", MakersTtl::new),
                new Broken("a longer TTL brings back sessions that had lapsed", "t5_", RevivingSessions::new),
                new Broken("watchers are not told of a shorter TTL", "t5_", Unheard::new),
                new Broken("each change of the TTL is a signal", "t5_", Chatty::new),
                new Broken("a window is ignored", "t6_", NoWindow::new),
                new Broken("a window may be longer than the TTL", "t6_", WideWindow::new));
    }

    private static final class Exclusive extends ModelStore {
        Exclusive(World world) {
            super(world);
        }

        @Override
        boolean live(long age, long ttl) {
            return age < ttl;
        }
    }

    private static final class Late extends ModelStore {
        Late(World world) {
            super(world);
        }

        @Override
        boolean live(long age, long ttl) {
            return age <= ttl + 1;
        }
    }

    private static final class OwnClock extends ModelStore {
        private final long fast;

        OwnClock(World world) {
            super(world);
            this.fast = world.nextEpoch() % 2 * 15_000;
        }

        @Override
        long now() {
            return super.now() + fast;
        }
    }

    private static final class Backwards extends ModelStore {
        Backwards(World world) {
            super(world);
        }

        @Override
        long seen(long before, long now) {
            return now;
        }
    }

    private static final class WholeSeconds extends ModelStore {
        WholeSeconds(World world) {
            super(world);
        }

        @Override
        long ttl(Topic topic) {
            return topic.ttl().toSeconds() * 1_000;
        }
    }

    private static final class FirstTtl extends ModelStore {
        FirstTtl(World world) {
            super(world);
        }

        @Override
        void record(Cell cell, long ttl) {
            cell.ttl = cell.members.isEmpty() ? ttl : cell.ttl;
        }
    }

    private static final class Reviving extends ModelStore {
        Reviving(World world) {
            super(world);
        }

        @Override
        void record(Cell cell, long ttl) {
            cell.ttl = ttl;
        }
    }

    private static final class MakersTtl extends ModelStore {
        MakersTtl(World world) {
            super(world);
        }

        @Override
        void record(Cell cell, long ttl) {
            super.record(cell, cell.members.isEmpty() ? Math.max(cell.ttl, ttl) : ttl);
        }
    }

    private static final class RevivingSessions extends ModelStore {
        RevivingSessions(World world) {
            super(world);
        }

        @Override
        void record(Cell cell, long ttl) {
            reclaim(cell, cell.ttl == ttl ? 0 : Integer.MAX_VALUE);
            cell.ttl = ttl;
        }
    }

    private static final class Unheard extends ModelStore {
        Unheard(World world) {
            super(world);
        }

        @Override
        boolean isDueEarlier(Cell cell) {
            return false;
        }
    }

    private static final class Chatty extends ModelStore {
        private long ttl;

        Chatty(World world) {
            super(world);
        }

        @Override
        boolean isDueEarlier(Cell cell) {
            boolean other = cell.ttl != ttl;
            ttl = cell.ttl;
            return other;
        }
    }

    private static final class NoWindow extends ModelStore {
        NoWindow(World world) {
            super(world);
        }

        @Override
        long window(Cell cell, Topic topic) {
            return cell.ttl;
        }
    }

    private static final class WideWindow extends ModelStore {
        WideWindow(World world) {
            super(world);
        }

        @Override
        long window(Cell cell, Topic topic) {
            return topic.window() == null ? cell.ttl : topic.window().toMillis();
        }
    }
}
