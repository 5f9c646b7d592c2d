package io.github.presence4j.redis;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
 * A big topic in several cells, by the CRC-32 of a member's name: its work is spread over the masters of a cluster. What
 * belongs to the topic as a whole, its generation and its TTL, is at its {@link Home}.
 */
final class ShardedCells implements Cells {
    private final Link link;
    private final Topic topic;
    private final int shards;
    private final Home home;

    ShardedCells(Link link, Topic topic, int shards, Home home) {
        this.link = link;
        this.topic = topic;
        this.shards = shards;
        this.home = home;
    }

    /** A TTL that is new to the topic is recorded in every shard before the touch is done (T5). */
    @Override
    public CompletionStage<Set<String>> touch(List<Touch> touches) {
        return home.touch(generation -> union(route(touches, Touch::member, generation, Cell::touch)), this::recordTtl);
    }

    private CompletionStage<?> recordTtl(String generation) {
        return all(cells(generation).stream().map(cell -> cell.touch(List.of())).toList());
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return home.read(generation -> union(route(leaves, Leave::member, generation, Cell::leave)));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return home.read(generation -> all(route(members, member -> member, generation, Cell::live))
                .thenApply(parts -> {
                    Map<String, Member> live = new HashMap<>();
                    parts.forEach(live::putAll);
                    return live;
                }));
    }

    @Override
    public CompletionStage<Long> count() {
        return home.read(
                generation -> all(cells(generation).stream().map(Cell::count).toList())
                        .thenApply(counts ->
                                counts.stream().mapToLong(Long::longValue).sum()));
    }

    /** A share of the page from each shard that has more, so that all pages together look at each name once. */
    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit, boolean exact) {
        PageCursor from = cursor == null ? PageCursor.first(shards) : PageCursor.parse(cursor);
        List<Integer> open = from.open().stream().limit(limit).toList();
        int share = limit / open.size();
        return home.read(generation -> {
            List<Cell> cells = cells(generation);
            return all(open.stream()
                            .map(shard -> cells.get(shard).page(from.after(shard), share, exact))
                            .toList())
                    .thenApply(parts -> joined(from, open, parts));
        });
    }

    private static MemberPage joined(PageCursor from, List<Integer> open, List<MemberPage> parts) {
        List<Member> members = new ArrayList<>();
        PageCursor next = from;
        for (int i = 0; i < open.size(); i++) {
            members.addAll(parts.get(i).members());
            next = next.with(open.get(i), parts.get(i).next());
        }
        return new MemberPage(members, next.open().isEmpty() ? null : next.toString());
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return home.reset();
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        ShardedHistory since = cursor == null ? ShardedHistory.none(shards) : ShardedHistory.parse(cursor);
        return home.read(generation -> {
            if (cursor == null || since.generation().equals(generation)) {
                return news(generation, since, true)
                        .thenApply(parts -> since.in(generation).follow(parts));
            }
            return news(since.generation(), since, false).thenCompose(parts -> {
                Changes drained = since.follow(parts);
                return drained.untilNext().isZero() && !drained.gap()
                        ? CompletableFuture.completedFuture(drained)
                        : news(generation, ShardedHistory.none(shards), true)
                                .thenApply(begun -> ShardedHistory.afterReset(generation, drained, begun));
            });
        });
    }

    private CompletionStage<List<CellChanges>> news(String generation, ShardedHistory since, boolean sweep) {
        List<Cell> cells = cells(generation);
        return all(IntStream.range(0, shards)
                .mapToObj(i -> cells.get(i).news(since.cursor(i), sweep))
                .toList());
    }

    private List<Cell> cells(String generation) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> cell(shard, generation))
                .toList();
    }

    private Cell cell(int shard, String generation) {
        return new Cell(link, CellKeys.sharded(topic.id(), shard, shards, generation), topic);
    }

    private <T, R> Collection<CompletionStage<R>> route(
            List<T> all,
            Function<T, String> member,
            String generation,
            BiFunction<Cell, List<T>, CompletionStage<R>> call) {
        Map<Integer, List<T>> parts = new TreeMap<>();
        all.forEach(one -> parts.computeIfAbsent(shard(member.apply(one)), key -> new ArrayList<>())
                .add(one));
        return parts.entrySet().stream()
                .map(part -> call.apply(cell(part.getKey(), generation), part.getValue()))
                .toList();
    }

    private int shard(String member) {
        CRC32 crc = new CRC32();
        crc.update(member.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % shards);
    }

    private static CompletionStage<Set<String>> union(Collection<CompletionStage<Set<String>>> parts) {
        return all(parts).thenApply(sets -> {
            Set<String> union = new HashSet<>();
            sets.forEach(union::addAll);
            return union;
        });
    }

    private static <R> CompletionStage<List<R>> all(Collection<CompletionStage<R>> parts) {
        List<CompletableFuture<R>> calls =
                parts.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                .thenApply(done -> calls.stream().map(CompletableFuture::join).toList());
    }
}
