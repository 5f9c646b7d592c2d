package io.github.presence4j.hazelcast;

import io.github.presence4j.sharding.Generation;
import io.github.presence4j.sharding.Stages;
import io.github.presence4j.sharding.TopicMetadata;
import io.github.presence4j.spi.DependentStage;
import io.github.presence4j.spi.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * The metadata of a sharded topic, as an entry of its own. A reset ends the stale cells before it completes. They are empty
 * at once, and a late call to them is sent on to the new cells.
 */
final class HazelcastTopicMetadata implements TopicMetadata {
    private final EntryProcessorClient owners;
    private final HazelcastChangeSignals signals;
    private final Topic topic;
    private final int shards;
    private final EntryLocation place;

    HazelcastTopicMetadata(EntryProcessorClient owners, HazelcastChangeSignals signals, Topic topic, int shards) {
        this.owners = owners;
        this.signals = signals;
        this.topic = topic;
        this.shards = shards;
        this.place = EntryLocation.metadata(topic.id(), shards);
    }

    @Override
    public CompletionStage<State> look() {
        return state(TopicMetadataProcessor.Kind.LOOK);
    }

    @Override
    public CompletionStage<State> keep() {
        return state(TopicMetadataProcessor.Kind.KEEP);
    }

    @Override
    public CompletionStage<State> record() {
        return state(TopicMetadataProcessor.Kind.RECORD);
    }

    @Override
    public CompletionStage<State> watch() {
        return state(TopicMetadataProcessor.Kind.WATCH);
    }

    /** {@inheritDoc} A cancellation stops it until its first message is sent; after that all its steps are done. */
    @Override
    public CompletionStage<?> reset() {
        CompletionStage<TopicMetadataResult> begun = visit(TopicMetadataProcessor.Kind.RESET, "");
        CompletionStage<TopicMetadataResult> whole = begun.thenCompose(before -> {
            if (before.isNone()) {
                return CompletableFuture.completedFuture(before);
            }
            return end(before.state().generation()).thenApply(done -> {
                signals.publish(topic.id());
                return before;
            });
        });
        CompletableFuture<TopicMetadataResult> answer =
                whole.toCompletableFuture().copy();
        Stages.cancelWith(answer, begun);
        return answer;
    }

    private CompletionStage<?> end(Generation left) {
        return Stages.all(IntStream.range(0, shards)
                .mapToObj(shard -> owners.change(
                        EntryLocation.shard(topic.id(), shard, shards, left.id()),
                        CellUpdateProcessor.of(
                                new CellCommand.Retire(), topic.ttl().toMillis(), false)))
                .toList());
    }

    @Override
    public CompletionStage<?> finish(Generation over) {
        return visit(TopicMetadataProcessor.Kind.FINISH, over.id());
    }

    @Override
    public boolean endsCells() {
        return true;
    }

    private CompletionStage<State> state(TopicMetadataProcessor.Kind kind) {
        return DependentStage.of(visit(kind, ""), TopicMetadataResult::state);
    }

    private CompletionStage<TopicMetadataResult> visit(TopicMetadataProcessor.Kind kind, String over) {
        return owners.change(place, TopicMetadataProcessor.of(kind, topic.ttl().toMillis(), over));
    }
}
