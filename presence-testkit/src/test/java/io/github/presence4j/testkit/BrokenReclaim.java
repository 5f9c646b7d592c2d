package io.github.presence4j.testkit;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;

/** Stores that keep what should go, lose what should stay, and mix up what should be apart. */
final class BrokenReclaim {
    private BrokenReclaim() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("a topic left alone is kept for ever", "g1_", Hoarder::new),
                new BrokenStore("traffic reclaims nobody", "g2_", Idle::new),
                new BrokenStore("a reset keeps the epoch", "g3_", SameEpoch::new),
                new BrokenStore("a reset tells of everybody who left", "g3_", TalkativeReset::new),
                new BrokenStore("namespaces are ignored", "g4_", OneNamespace::new),
                new BrokenStore("names are joined with a colon", "g4_", Colon::new),
                new BrokenStore("names are trimmed", "e1_", Trimmed::new),
                new BrokenStore("a leave of somebody who is not there fails", "e3_", Strict::new));
    }

    private static final class Hoarder extends ModelStore {
        Hoarder(SharedState world) {
            super(world);
        }

        @Override
        boolean isIdle(ModelCell cell) {
            return false;
        }
    }

    private static final class Idle extends ModelStore {
        Idle(SharedState world) {
            super(world);
        }

        @Override
        int reclaimed() {
            return 0;
        }
    }

    private static final class SameEpoch extends ModelStore {
        SameEpoch(SharedState world) {
            super(world);
        }

        @Override
        void empty(ModelCell cell) {
            append(cell, new PresenceEvent.Reset(cell.next()));
        }
    }

    private static final class TalkativeReset extends ModelStore {
        TalkativeReset(SharedState world) {
            super(world);
        }

        @Override
        void empty(ModelCell cell) {
            cell.members.keySet().forEach(member -> append(cell, new PresenceEvent.Left(member, cell.next(), false)));
            super.empty(cell);
        }
    }

    private static final class OneNamespace extends ModelStore {
        OneNamespace(SharedState world) {
            super(world);
        }

        @Override
        TopicId id(TopicId topic) {
            return new TopicId("", topic.name());
        }
    }

    private static final class Colon extends ModelStore {
        Colon(SharedState world) {
            super(world);
        }

        @Override
        TopicId id(TopicId topic) {
            return new TopicId("", topic.namespace() + ":" + topic.name());
        }
    }

    private static final class Trimmed extends ModelStore {
        Trimmed(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            return super.touch(
                    topic,
                    touches.stream()
                            .map(touch -> new Touch(touch.member().strip(), touch.session(), touch.data()))
                            .toList());
        }
    }

    private static final class Strict extends ModelStore {
        Strict(SharedState world) {
            super(world);
        }

        @Override
        boolean leave(ModelCell cell, Leave leave) {
            if (!cell.members.containsKey(leave.member())) {
                throw new NoSuchElementException(leave.member());
            }
            return super.leave(cell, leave);
        }
    }
}
