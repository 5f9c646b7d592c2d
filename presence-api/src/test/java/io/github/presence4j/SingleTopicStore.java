package io.github.presence4j;

import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store of a test, which answers for whatever topic. It supports the calls that the test overrides, and no other. */
abstract class SingleTopicStore implements PresenceStore {

    @Override
    public final String name() {
        return "test";
    }

    @Override
    public final TopicStore topic(Topic topic) {
        return new AnyTopic(this, topic);
    }

    CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        throw new UnsupportedOperationException();
    }

    CompletionStage<Set<String>> leave(List<Leave> leaves) {
        throw new UnsupportedOperationException();
    }

    CompletionStage<Map<String, Member>> live(List<String> members) {
        throw new UnsupportedOperationException();
    }

    CompletionStage<Long> count() {
        throw new UnsupportedOperationException();
    }

    CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        throw new UnsupportedOperationException();
    }

    CompletionStage<@Nullable Void> reset() {
        throw new UnsupportedOperationException();
    }

    CompletionStage<Changes> changesSince(@Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    private record AnyTopic(SingleTopicStore store, Topic topic) implements TopicStore {
        @Override
        public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
            return store.touch(touches);
        }

        @Override
        public CompletionStage<Set<String>> leave(List<Leave> leaves) {
            return store.leave(leaves);
        }

        @Override
        public CompletionStage<Map<String, Member>> live(List<String> members) {
            return store.live(members);
        }

        @Override
        public CompletionStage<Long> count() {
            return store.count();
        }

        @Override
        public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
            return store.page(cursor, limit);
        }

        @Override
        public CompletionStage<@Nullable Void> reset() {
            return store.reset();
        }

        @Override
        public CompletionStage<Changes> changesSince(@Nullable String cursor) {
            return store.changesSince(cursor);
        }
    }
}
