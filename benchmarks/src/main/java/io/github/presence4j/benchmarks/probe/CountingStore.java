package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls that a watch makes: what changed, and pages; not the touches of who beats. */
record CountingStore(PresenceStore store, LongAdder watching) implements PresenceStore {

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public TopicStore topic(Topic topic) {
        return new CountingTopic(store.topic(topic), watching);
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener wake) {
        return store.onChange(topic, wake);
    }

    @Override
    public int batchSlots() {
        return store.batchSlots();
    }

    @Override
    public void close() {
        store.close();
    }

    private record CountingTopic(TopicStore counted, LongAdder watching) implements TopicStore {

        @Override
        public Topic topic() {
            return counted.topic();
        }

        @Override
        public CompletionStage<Changes> changesSince(@Nullable String cursor) {
            watching.increment();
            return counted.changesSince(cursor);
        }

        @Override
        public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
            watching.increment();
            return counted.page(cursor, limit);
        }

        @Override
        public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
            watching.increment();
            return counted.names(cursor, limit);
        }

        @Override
        public CompletionStage<TouchResult> touch(Touch touch) {
            return counted.touch(touch);
        }

        @Override
        public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
            return counted.touch(touches);
        }

        @Override
        public CompletionStage<Set<String>> leave(List<Leave> leaves) {
            return counted.leave(leaves);
        }

        @Override
        public CompletionStage<Map<String, Member>> live(List<String> members) {
            return counted.live(members);
        }

        @Override
        public CompletionStage<Set<String>> liveAmong(List<String> members) {
            return counted.liveAmong(members);
        }

        @Override
        public CompletionStage<Boolean> isLive(String member) {
            return counted.isLive(member);
        }

        @Override
        public CompletionStage<Long> count() {
            return counted.count();
        }

        @Override
        public CompletionStage<@Nullable Void> reset() {
            return counted.reset();
        }
    }
}
