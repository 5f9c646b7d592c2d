package io.github.presence4j.hazelcast;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.cell.SlotCursor;
import io.github.presence4j.sharding.Generation;
import io.github.presence4j.sharding.Shard;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.sharding.Stages;
import io.github.presence4j.sharding.StaleGenerationException;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.DependentStage;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One topic, or one shard of one: sends operations to the owner of its cell, each bounded in its work (R3). */
final class HazelcastTopic implements TopicStore, Shard {
    /** Touches, leaves or names per message: a millisecond or so of the owner's time. */
    private static final int PER_CALL = 1000;

    /** Members that a message of a count examines at most: a millisecond or so of the owner's time. */
    static final int LOOKS_PER_COUNT = 10_000;

    /** The number of parts of a listing or bulk call under way: some are on the network while the owner works on another. */
    private static final int PARTS_AT_ONCE = 4;

    /** Of a listing in one go; a caller gets them together. */
    private static final int PARTS = 16;

    /** Per answer to a watcher, in all shards together. */
    private static final int EVENTS = 2000;

    private static final int MIN_EVENTS = 16;

    private final EntryProcessorClient owners;
    private final HazelcastChangeSignals signals;
    private final Topic topic;
    private final EntryLocation place;
    /** Whether the history begins with the cell, for watchers that come across a reset. */
    private final boolean logFromStart;
    /** The largest number of events in one answer of a shard. */
    private final int events;

    private HazelcastTopic(
            EntryProcessorClient owners,
            HazelcastChangeSignals signals,
            Topic topic,
            EntryLocation place,
            boolean logFromStart,
            int events) {
        this.owners = owners;
        this.signals = signals;
        this.topic = topic;
        this.place = place;
        this.logFromStart = logFromStart;
        this.events = events;
    }

    static HazelcastTopic of(EntryProcessorClient owners, HazelcastChangeSignals signals, Topic topic) {
        return new HazelcastTopic(owners, signals, topic, EntryLocation.of(topic.id()), false, EVENTS);
    }

    static HazelcastTopic shard(
            EntryProcessorClient owners,
            HazelcastChangeSignals signals,
            Topic topic,
            int shard,
            int shards,
            Generation generation) {
        EntryLocation place = EntryLocation.shard(topic.id(), shard, shards, generation.id());
        return new HazelcastTopic(
                owners, signals, topic, place, !generation.isFirst(), Math.max(MIN_EVENTS, EVENTS / shards));
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        long ttl = topic.ttl().toMillis();
        return Stages.touched(inChunks(
                touches,
                Touch::member,
                chunk -> DependentStage.of(
                        change(new CellCommand.TouchAll(chunk, ttl)), outcome -> outcome.touched(chunk))));
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return Stages.union(inChunks(
                leaves,
                Leave::member,
                chunk -> DependentStage.of(change(new CellCommand.LeaveAll(chunk)), CommandResult::names)));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return Stages.merged(inChunks(
                members,
                name -> name,
                chunk -> DependentStage.of(ask(CellQueryProcessor.live(topic.window(), chunk)), QueryResult::byName)));
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return Stages.union(inChunks(
                members,
                name -> name,
                chunk -> DependentStage.of(
                        ask(CellQueryProcessor.liveAmong(topic.window(), chunk)), QueryResult::nameSet)));
    }

    /** {@inheritDoc} Repeats the message until the owner has examined what has expired since the last count. */
    @Override
    public CompletionStage<Long> count() {
        CompletableFuture<Long> whole = new CompletableFuture<>();
        count(whole);
        return whole;
    }

    private void count(CompletableFuture<Long> whole) {
        CompletionStage<QueryResult> part = ask(CellQueryProcessor.count(topic.window(), LOOKS_PER_COUNT));
        Stages.cancelWith(whole, part);
        part.whenComplete((answer, failure) -> {
            if (failure != null) {
                whole.completeExceptionally(failure);
            } else if (!answer.isUnfinished()) {
                whole.complete(answer.count());
            } else if (!whole.isDone()) {
                count(whole);
            }
        });
    }

    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        SlotCursor.pageSlot(cursor);
        return DependentStage.of(ask(CellQueryProcessor.page(topic.window(), cursor, limit)), QueryResult::page);
    }

    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        List<@Nullable String> parts = cursor == null
                ? Collections.singletonList(null)
                : List.copyOf(SlotCursor.parse(cursor).parts(limit, PARTS));
        return DependentStage.of(
                Stages.all(Stages.mapBounded(
                        PARTS_AT_ONCE, parts, part -> ask(CellQueryProcessor.names(topic.window(), part, limit)))),
                QueryResult::names);
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return DependentStage.of(change(new CellCommand.Reset()), done -> null);
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        return DependentStage.of(change(new CellCommand.ReadChanges(cursor)), CommandResult::changes);
    }

    @Override
    public CompletionStage<ShardChanges> changes(String cursor, long after) {
        return DependentStage.of(
                change(new CellCommand.ReadShardChanges(cursor, after, events, false)), CommandResult::shardChanges);
    }

    @Override
    public CompletionStage<ShardChanges> lastChanges(String cursor) {
        return DependentStage.of(
                change(new CellCommand.ReadShardChanges(cursor, 0, events, true)),
                outcome -> outcome.shardChanges().atTheEnd());
    }

    /** Signals the watchers also if the caller has given the call up by the time the answer arrives. */
    private CompletionStage<CommandResult> change(CellCommand request) {
        CellUpdateProcessor change = CellUpdateProcessor.of(request, topic.ttl().toMillis(), logFromStart);
        return DependentStage.of(owners.change(place, change), outcome -> {
            if (outcome.isStale()) {
                throw new StaleGenerationException();
            }
            if (outcome.isHint()) {
                signals.publish(topic.id());
            }
            return outcome;
        });
    }

    private CompletionStage<QueryResult> ask(CellQueryProcessor question) {
        return DependentStage.of(owners.ask(place, question), answer -> {
            if (answer.isStale()) {
                throw new StaleGenerationException();
            }
            return answer;
        });
    }

    private static <T, R> List<CompletionStage<R>> inChunks(
            List<T> all, Function<T, String> member, Function<List<T>, CompletionStage<R>> call) {
        return Stages.parts(PARTS_AT_ONCE, PER_CALL, all, member, call);
    }
}
