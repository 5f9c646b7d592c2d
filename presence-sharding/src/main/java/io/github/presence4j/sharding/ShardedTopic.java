package io.github.presence4j.sharding;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.DependentStage;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A large topic in several cells. The CRC-32 of a member's name in UTF-8 selects the cell. The {@link TopicMetadata} keeps the
 * generation and the TTL of the whole topic. A call costs one command per shard that it needs, and one for the metadata, all in
 * one round trip. A call during a reset, or the first one of a topic, costs another. Keeps no state of the topic; thread-safe.
 */
public final class ShardedTopic implements TopicStore {
    /** In a listing a shard is asked for no fewer, so that most pages of a thinned-out topic are not empty. */
    private static final int MIN_SHARE = 16;

    private final Topic topic;
    private final int shards;
    private final TopicMetadata metadata;
    private final GenerationRetry attempts;
    private final Cells cells;
    private final ShardCache made;

    /** Returns the cells of a topic by shard and generation. Thread-safe. */
    @FunctionalInterface
    public interface Cells {
        /**
         * Returns a cell. Makes no call to the store.
         *
         * @param shard the number of the shard, from 0
         * @param generation a generation of the topic; {@link Generation#FIRST} is assumed until the metadata has been read, so
         *     its begin of 0 does not say that no reset happened
         * @return the handle of the cell
         */
        Shard cell(int shard, Generation generation);

        /**
         * Returns how names are listed.
         *
         * @return whether by the pages of {@link Shard#page}, because the cells have no order of their own that is reliable
         */
        default boolean listsNamesByPage() {
            return false;
        }

        /**
         * Checks the part of a page cursor that belongs to one cell, before anything is sent.
         *
         * @param cursor the text to check as a cursor of {@link Shard#page}
         * @throws IllegalArgumentException if no cell can have returned the cursor
         */
        default void requirePageCursor(String cursor) {}

        /**
         * Checks the part of a names cursor that belongs to one cell, before anything is sent.
         *
         * @param cursor the text to check as a cursor of {@link Shard#names}
         * @throws IllegalArgumentException if no cell can have returned the cursor
         */
        default void requireNamesCursor(String cursor) {}
    }

    /**
     * Creates the handle of one sharded topic. Makes no call to the store.
     *
     * @param topic the topic, with TTL and window
     * @param shards the number of cells, 2 or more
     * @param metadata the topic's metadata
     * @param generations the store's cache of generations
     * @param cells the cells by shard and generation
     */
    public ShardedTopic(Topic topic, int shards, TopicMetadata metadata, GenerationCache generations, Cells cells) {
        this.topic = topic;
        this.shards = shards;
        this.metadata = metadata;
        this.attempts = new GenerationRetry(topic.id(), metadata, generations);
        this.cells = cells;
        this.made = new ShardCache(shards, cells);
    }

    @Override
    public Topic topic() {
        return topic;
    }

    /** {@inheritDoc} A TTL that is new to the topic is recorded in every shard before the stage completes. */
    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return attempts.until(
                metadata::keep,
                generation -> Stages.touched(route(touches, Touch::member, generation, Shard::touch)),
                (state, outcome) -> state.ttl() == topic.ttl().toMillis()
                        ? CompletableFuture.completedFuture(outcome)
                        : recordTtl().thenApply(done -> outcome));
    }

    private CompletionStage<TopicMetadata.State> recordTtl() {
        return attempts.until(
                metadata::keep,
                generation -> all(generation, cell -> cell.touch(List.of())),
                (state, done) -> metadata.record());
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return attempts.until(
                metadata::keep,
                generation -> Stages.union(route(leaves, Leave::member, generation, Shard::leave)),
                ShardedTopic::answered);
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return attempts.until(
                metadata::look,
                generation -> Stages.merged(route(members, member -> member, generation, Shard::live)),
                ShardedTopic::answered);
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return attempts.until(
                metadata::look,
                generation -> Stages.union(route(members, member -> member, generation, Shard::liveAmong)),
                ShardedTopic::answered);
    }

    @Override
    public CompletionStage<Long> count() {
        return attempts.until(
                metadata::look,
                generation -> all(generation, Shard::count)
                        .thenApply(counts ->
                                counts.stream().mapToLong(Long::longValue).sum()),
                ShardedTopic::answered);
    }

    /** {@inheritDoc} Reads a share of the page from each shard that has more members. */
    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        ShardedPageCursor from = ShardedPageCursor.from(cursor, shards, cells::requirePageCursor);
        List<Integer> open = from.open();
        int share = Math.min(limit, Math.max(limit / open.size(), MIN_SHARE));
        return attempts.until(
                metadata::look,
                generation -> Stages.all(open.stream()
                                .map(shard -> made.get(shard, generation).page(from.after(shard), share))
                                .toList())
                        .thenApply(parts -> joined(from, open, parts, limit)),
                ShardedTopic::answered);
    }

    /**
     * Joins the shares of the cells to one page. A share that exceeds the limit of members or bytes is read again for the next
     * page. The first share always fits.
     */
    private static MemberPage joined(ShardedPageCursor from, List<Integer> open, List<MemberPage> parts, int limit) {
        List<Member> members = new ArrayList<>();
        long bytes = 0;
        ShardedPageCursor next = from;
        for (int i = 0; i < parts.size(); i++) {
            MemberPage part = parts.get(i);
            long size = part.members().stream().mapToLong(Utf8Length::of).sum();
            if (members.isEmpty()
                    || (members.size() + part.members().size() <= limit && bytes + size <= Utf8Length.PER_PAGE)) {
                bytes += size;
                members.addAll(part.members());
                next = next.with(open.get(i), part.next());
            }
        }
        return new MemberPage(members, next.text());
    }

    /** {@inheritDoc} Reads from all shards that have more names at once. */
    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        if (cells.listsNamesByPage()) {
            return TopicStore.super.names(cursor, limit);
        }
        ShardedPageCursor from = ShardedPageCursor.from(cursor, shards, cells::requireNamesCursor);
        List<Integer> open = from.open();
        return attempts.until(
                metadata::look,
                generation -> Stages.all(open.stream()
                                .map(shard -> made.get(shard, generation).names(from.after(shard), limit))
                                .toList())
                        .thenApply(parts -> joined(from, open, parts)),
                ShardedTopic::answered);
    }

    private static NamePage joined(ShardedPageCursor from, List<Integer> open, List<NamePage> parts) {
        List<String> names = new ArrayList<>();
        ShardedPageCursor next = from;
        for (int i = 0; i < parts.size(); i++) {
            names.addAll(parts.get(i).names());
            next = next.with(open.get(i), parts.get(i).next());
        }
        boolean again = parts.stream().anyMatch(NamePage::again);
        return new NamePage(names, again, next.text());
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return DependentStage.of(metadata.reset(), done -> null);
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        if (cursor == null) {
            return attempts.until(
                    metadata::watch, generation -> watching(generation).begin(), ShardedTopic::answered);
        }
        ShardedCursor since = ShardedCursor.parse(cursor);
        return attempts.untilConfirmed(
                metadata::watch,
                (generation, confirmed) -> since.generation().equals(generation.id())
                        ? watching(generation).since(since).thenCompose(changes -> confirmed(changes, generation))
                        : confirmed
                                .get()
                                .thenCompose(done -> watching(generation).since(since)),
                ShardedTopic::answered);
    }

    /**
     * Cells that outlive a reset may record a touch of a node that does not know of the reset yet. That touch is repeated in the new
     * generation, so its event in the old one must not be returned.
     */
    private CompletionStage<Changes> confirmed(Changes changes, Generation generation) {
        if (changes.events().isEmpty() || metadata.endsCells()) {
            return CompletableFuture.completedFuture(changes);
        }
        return metadata.look()
                .thenCompose(state -> state.generation().equals(generation)
                        ? CompletableFuture.completedFuture(changes)
                        : CompletableFuture.failedFuture(new StaleGenerationException()));
    }

    private ShardedChanges watching(Generation generation) {
        return new ShardedChanges(shards, generation, this::all);
    }

    private static <T> CompletionStage<T> answered(TopicMetadata.State state, T answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private List<Shard> all(Generation generation) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> made.get(shard, generation))
                .toList();
    }

    private <R> CompletionStage<List<R>> all(Generation generation, Function<Shard, CompletionStage<R>> call) {
        return Stages.all(all(generation).stream().map(call).toList());
    }

    private <T, R> Collection<CompletionStage<R>> route(
            List<T> all,
            Function<T, String> member,
            Generation generation,
            BiFunction<Shard, List<T>, CompletionStage<R>> call) {
        Map<Integer, List<T>> parts = new TreeMap<>();
        all.forEach(one -> parts.computeIfAbsent(shard(member.apply(one)), key -> new ArrayList<>())
                .add(one));
        return parts.entrySet().stream()
                .map(part -> call.apply(made.get(part.getKey(), generation), part.getValue()))
                .toList();
    }

    private int shard(String member) {
        CRC32 crc = new CRC32();
        crc.update(member.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % shards);
    }
}
