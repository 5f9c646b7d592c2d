package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls that a watch makes: what changed, and pages; not the touches of who beats. */
record CountingStore(PresenceStore store, LongAdder watching) implements PresenceStore {

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        watching.increment();
        return store.changesSince(topic, cursor);
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        watching.increment();
        return store.page(topic, cursor, limit);
    }

    @Override
    public CompletionStage<NamePage> names(Topic topic, @Nullable String cursor, int limit) {
        watching.increment();
        return store.names(topic, cursor, limit);
    }

    @Override
    public CompletionStage<TouchResult> touch(Topic topic, Touch touch) {
        return store.touch(topic, touch);
    }

    @Override
    public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
        return store.touch(topic, touches);
    }

    @Override
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        return store.leave(topic, leaves);
    }

    @Override
    public CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members) {
        return store.live(topic, members);
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(Topic topic, Collection<String> members) {
        return store.liveAmong(topic, members);
    }

    @Override
    public CompletionStage<Boolean> isLive(Topic topic, String member) {
        return store.isLive(topic, member);
    }

    @Override
    public CompletionStage<Long> count(Topic topic) {
        return store.count(topic);
    }

    @Override
    public CompletionStage<Void> reset(Topic topic) {
        return store.reset(topic);
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
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
}
