package io.github.presence4j.testkit;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Stores that are wrong about sessions and data. */
final class BrokenSessions {
    private BrokenSessions() {}

    static List<Broken> all() {
        return List.of(
                new Broken("the first session that leaves ends the member", "s2_", FirstLeaveEnds::new),
                new Broken("sessions are counted, and lapsed ones stay counted", "s3_", Counter::new),
                new Broken("a touch without data erases the data", "s4_", Forgetful::new),
                new Broken("an update is told as a leave and a join", "s4_", LeaveAndJoin::new),
                new Broken("a late heartbeat revives a session that left", "s5_", Revived::new),
                new Broken("only sessions that were there are remembered as left", "s5_", Overtaken::new),
                new Broken("a heartbeat that was ignored is reported as a renewal", "s5_", Silent::new),
                new Broken("any number of sessions is admitted", "b1_", Boundless::new),
                new Broken("a session too many drives out the oldest", "b1_", Evicting::new),
                new Broken("one touch that is refused fails its whole batch", "b1_", AllOrNothing::new));
    }

    private static final class FirstLeaveEnds extends ModelStore {
        FirstLeaveEnds(World world) {
            super(world);
        }

        @Override
        boolean leave(Cell cell, Leave leave) {
            return super.leave(cell, new Leave(leave.member(), null));
        }
    }

    private static final class Counter extends ModelStore {
        Counter(World world) {
            super(world);
        }

        @Override
        void forget(Cell cell, String member) {}

        @Override
        boolean stays(Cell cell, Map<String, Cell.Seen> sessions) {
            return !sessions.isEmpty();
        }
    }

    private static final class Forgetful extends ModelStore {
        Forgetful(World world) {
            super(world);
        }

        @Override
        @Nullable
        String data(@Nullable String before, Touch touch) {
            return touch.data();
        }
    }

    private static final class LeaveAndJoin extends ModelStore {
        LeaveAndJoin(World world) {
            super(world);
        }

        @Override
        void update(Cell cell, Touch touch, String data) {
            append(cell, new PresenceEvent.Left(touch.member(), cell.next(), false));
            append(cell, new PresenceEvent.Joined(touch.member(), touch.session(), data, cell.next(), false));
        }
    }

    private static final class Revived extends ModelStore {
        Revived(World world) {
            super(world);
        }

        @Override
        boolean isBarred(Cell cell, Cell.Gone session) {
            return false;
        }
    }

    private static final class Overtaken extends ModelStore {
        Overtaken(World world) {
            super(world);
        }

        @Override
        void bar(Cell cell, Cell.Gone session, boolean wasThere) {
            if (wasThere) {
                super.bar(cell, session, true);
            }
        }
    }

    private static final class Silent extends ModelStore {
        Silent(World world) {
            super(world);
        }

        @Override
        void ignore(Touch touch, TouchOutcome outcome) {}
    }

    private static final class Boundless extends ModelStore {
        Boundless(World world) {
            super(world);
        }

        @Override
        boolean admits(Map<String, Cell.Seen> sessions, String name) {
            return true;
        }
    }

    private static final class Evicting extends ModelStore {
        Evicting(World world) {
            super(world);
        }

        @Override
        boolean admits(Map<String, Cell.Seen> sessions, String name) {
            if (!super.admits(sessions, name)) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            return true;
        }
    }

    private static final class AllOrNothing extends ModelStore {
        AllOrNothing(World world) {
            super(world);
        }

        @Override
        public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
            return super.touch(topic, touches).thenApply(outcome -> {
                outcome.requireNoneRefused();
                return outcome;
            });
        }
    }
}
