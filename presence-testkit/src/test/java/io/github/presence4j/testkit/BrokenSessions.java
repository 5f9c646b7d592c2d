package io.github.presence4j.testkit;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Stores that are wrong about sessions and data. */
final class BrokenSessions {
    private BrokenSessions() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("the first session that leaves ends the member", "s2_", FirstLeaveEnds::new),
                new BrokenStore("sessions are counted, and lapsed ones stay counted", "s3_", Counter::new),
                new BrokenStore("a touch without data erases the data", "s4_", Forgetful::new),
                new BrokenStore("an update is told as a leave and a join", "s4_", LeaveAndJoin::new),
                new BrokenStore("a late heartbeat revives a session that left", "s5_", Revived::new),
                new BrokenStore("only sessions that were there are remembered as left", "s5_", Overtaken::new),
                new BrokenStore("a heartbeat that was ignored is reported as a renewal", "s5_", Silent::new),
                new BrokenStore("any number of sessions is admitted", "b1_", Boundless::new),
                new BrokenStore("a session too many drives out the oldest", "b1_", Evicting::new),
                new BrokenStore("one touch that is refused fails its whole batch", "b1_", AllOrNothing::new));
    }

    private static final class FirstLeaveEnds extends ModelStore {
        FirstLeaveEnds(SharedState world) {
            super(world);
        }

        @Override
        boolean leave(ModelCell cell, Leave leave) {
            return super.leave(cell, new Leave(leave.member(), null));
        }
    }

    private static final class Counter extends ModelStore {
        Counter(SharedState world) {
            super(world);
        }

        @Override
        void forget(ModelCell cell, String member) {}

        @Override
        boolean stays(ModelCell cell, Map<String, ModelCell.Seen> sessions) {
            return !sessions.isEmpty();
        }
    }

    private static final class Forgetful extends ModelStore {
        Forgetful(SharedState world) {
            super(world);
        }

        @Override
        @Nullable
        String data(@Nullable String before, Touch touch) {
            return touch.data();
        }
    }

    private static final class LeaveAndJoin extends ModelStore {
        LeaveAndJoin(SharedState world) {
            super(world);
        }

        @Override
        void update(ModelCell cell, Touch touch, String data) {
            append(cell, new PresenceEvent.Left(touch.member(), cell.next(), false));
            append(cell, new PresenceEvent.Joined(touch.member(), touch.session(), data, cell.next(), false));
        }
    }

    private static final class Revived extends ModelStore {
        Revived(SharedState world) {
            super(world);
        }

        @Override
        boolean isBarred(ModelCell cell, ModelCell.Gone session) {
            return false;
        }
    }

    private static final class Overtaken extends ModelStore {
        Overtaken(SharedState world) {
            super(world);
        }

        @Override
        void bar(ModelCell cell, ModelCell.Gone session, boolean wasThere) {
            if (wasThere) {
                super.bar(cell, session, true);
            }
        }
    }

    private static final class Silent extends ModelStore {
        Silent(SharedState world) {
            super(world);
        }

        @Override
        void ignore(Touch touch, TouchOutcome outcome) {}
    }

    private static final class Boundless extends ModelStore {
        Boundless(SharedState world) {
            super(world);
        }

        @Override
        boolean admits(Map<String, ModelCell.Seen> sessions, String name) {
            return true;
        }
    }

    private static final class Evicting extends ModelStore {
        Evicting(SharedState world) {
            super(world);
        }

        @Override
        boolean admits(Map<String, ModelCell.Seen> sessions, String name) {
            if (!super.admits(sessions, name)) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            return true;
        }
    }

    private static final class AllOrNothing extends ModelStore {
        AllOrNothing(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            return super.touch(topic, touches).thenApply(outcome -> {
                outcome.requireNoneRefused();
                return outcome;
            });
        }
    }
}
