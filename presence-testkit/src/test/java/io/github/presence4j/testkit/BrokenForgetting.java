package io.github.presence4j.testkit;

import java.util.List;
import java.util.Objects;

/** Stores that remember too much, or too long. */
final class BrokenForgetting {
    private BrokenForgetting() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("a topic that is made again has the mark of the former one", "g1_", ConstantMark::new),
                new BrokenStore("the expiry of a topic is never checked", "g1_", Unchecked::new),
                new BrokenStore("sessions that left are never forgotten", "g2_", Unforgetting::new),
                new BrokenStore("traffic does not free the log of an unwatched topic", "b3_", Untended::new),
                new BrokenStore("the log is never cut", "b3_", EndlessLog::new));
    }

    private static final class ConstantMark extends ModelStore {
        ConstantMark(SharedState world) {
            super(world);
        }

        @Override
        long mark() {
            return 1_000_000_000;
        }
    }

    /** Its topics seem to be gone, but a later call finds them. */
    private static final class Unchecked extends ModelStore {
        Unchecked(SharedState world) {
            super(world);
        }

        @Override
        boolean isForgotten(ModelCell cell) {
            return false;
        }
    }

    /** Judges by the time at which a session left, so that only the storage grows. */
    private static final class Unforgetting extends ModelStore {
        Unforgetting(SharedState world) {
            super(world);
        }

        @Override
        void forgetDepartures(ModelCell cell) {}

        @Override
        boolean isBarred(ModelCell cell, ModelCell.Gone session) {
            return super.isBarred(cell, session) && now() - Objects.requireNonNull(cell.left.get(session)) <= cell.ttl;
        }
    }

    private static final class Untended extends ModelStore {
        Untended(SharedState world) {
            super(world);
        }

        @Override
        void freeLog(ModelCell cell) {}
    }

    private static final class EndlessLog extends ModelStore {
        EndlessLog(SharedState world) {
            super(world);
        }

        @Override
        boolean isLogFull(ModelCell cell) {
            return false;
        }
    }
}
