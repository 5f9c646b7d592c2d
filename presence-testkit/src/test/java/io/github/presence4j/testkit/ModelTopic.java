package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One topic of a {@link ModelStore}, or of a broken one that overrides its methods. */
record ModelTopic(ModelStore store, Topic topic) implements TopicStore {

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return store.touch(topic, touches);
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return store.leave(topic, leaves);
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return store.live(topic, members);
    }

    @Override
    public CompletionStage<Long> count() {
        return store.count(topic);
    }

    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        return store.page(topic, cursor, limit);
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return store.reset(topic);
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        return store.changesSince(topic, cursor);
    }
}
