package io.github.presence4j.redis;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
    /** In a listing by few, so that most pages of a thinned-out topic are not empty. */
    private static final int LEAST_SHARE = 16;

    private static final Duration MAX_LAG = Duration.ofMillis(500);
    private static final int MAX_ASKED = 5;

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
        return home.touch(
                generation -> Together.union(route(touches, Touch::member, generation.id(), Cell::touch)),
                this::recordTtl);
    }

    private CompletionStage<?> recordTtl(Generation generation) {
        return Together.all(cells(generation.id()).stream()
                .map(cell -> cell.touch(List.of()))
                .toList());
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return home.change(generation -> Together.union(route(leaves, Leave::member, generation.id(), Cell::leave)));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return home.read(generation -> Together.merged(route(members, member -> member, generation.id(), Cell::live)));
    }

    @Override
    public CompletionStage<Long> count() {
        return home.read(generation -> Together.all(
                        cells(generation.id()).stream().map(Cell::count).toList())
                .thenApply(counts -> counts.stream().mapToLong(Long::longValue).sum()));
    }

    /** A share of the page from each shard that has more, so that all pages together look at each name once. */
    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit, boolean exact) {
        PageCursor from = cursor == null ? PageCursor.first(shards) : PageCursor.parse(cursor);
        List<Integer> open = from.open();
        int share = Math.min(limit, Math.max(limit / open.size(), LEAST_SHARE));
        return home.read(generation -> {
            List<Cell> cells = cells(generation.id());
            return Together.all(open.stream()
                            .map(shard -> cells.get(shard).page(from.after(shard), share, exact))
                            .toList())
                    .thenApply(parts -> joined(from, open, parts, limit));
        });
    }

    /** What does not fit is read again for the next page. */
    private static MemberPage joined(PageCursor from, List<Integer> open, List<MemberPage> parts, int limit) {
        List<Member> members = new ArrayList<>();
        PageCursor next = from;
        for (int i = 0; i < open.size() && members.size() < limit; i++) {
            List<Member> more = parts.get(i).members();
            int room = limit - members.size();
            members.addAll(more.subList(0, Math.min(room, more.size())));
            next = next.with(
                    open.get(i),
                    room < more.size() ? more.get(room - 1).id() : parts.get(i).next());
        }
        return new MemberPage(members, next.open().isEmpty() ? null : next.toString());
    }

    /** All shards that have more, at once. */
    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        PageCursor from = cursor == null ? PageCursor.first(shards) : PageCursor.parse(cursor);
        List<Integer> open = from.open();
        return home.read(generation -> Together.all(open.stream()
                        .map(shard -> cell(shard, generation.id()).names(from.after(shard), limit))
                        .toList())
                .thenApply(parts -> joined(from, open, parts)));
    }

    private static NamePage joined(PageCursor from, List<Integer> open, List<NamePage> parts) {
        List<String> names = new ArrayList<>();
        PageCursor next = from;
        for (int i = 0; i < parts.size(); i++) {
            names.addAll(parts.get(i).names());
            next = next.with(open.get(i), parts.get(i).next());
        }
        boolean again = parts.stream().anyMatch(NamePage::again);
        return new NamePage(names, again, next.open().isEmpty() ? null : next.toString());
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return home.reset();
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        ShardedHistory since =
                cursor == null ? ShardedHistory.of("", shards, CellChanges.NONE) : ShardedHistory.parse(cursor);
        return home.read(generation -> {
            if (since.generation().equals(generation.id())) {
                return follow(since);
            }
            return cursor == null || generation.isFirst()
                    ? follow(ShardedHistory.of(generation.id(), shards, CellChanges.NONE))
                    : acrossReset(since, generation);
        });
    }

    /** What the old generation's cells had to tell when it was left, and then the Reset. */
    private CompletionStage<Changes> acrossReset(ShardedHistory since, Generation generation) {
        ShardedHistory born = ShardedHistory.of(generation.id(), shards, CellChanges.BIRTH);
        return news(since, false).thenCompose(parts -> {
            Changes before = since.follow(parts, generation.begun());
            return before.untilNext().isZero() && !before.gap()
                    ? CompletableFuture.completedFuture(before)
                    : inOrder(born, 0).thenApply(begun -> born.afterReset(before.events(), begun));
        });
    }

    private CompletionStage<Changes> follow(ShardedHistory since) {
        return inOrder(since, 0).thenApply(parts -> since.follow(parts, Long.MAX_VALUE));
    }

    /**
     * Asks again until the cells have told everything of the time before the newest event, which takes a fraction of a
     * millisecond or as long as the servers' clocks differ. Clocks that differ by more are not waited for.
     */
    private CompletionStage<List<CellChanges>> inOrder(ShardedHistory since, int asked) {
        return news(since, true).thenCompose(parts -> {
            Duration lag = Merge.lag(parts);
            if (lag.isZero() || lag.compareTo(MAX_LAG) > 0 || asked > MAX_ASKED) {
                return CompletableFuture.completedFuture(parts);
            }
            Executor when = lag.toMillis() == 0
                    ? Runnable::run
                    : CompletableFuture.delayedExecutor(lag.toNanos(), TimeUnit.NANOSECONDS);
            return CompletableFuture.supplyAsync(() -> inOrder(since, asked + 1), when)
                    .thenCompose(answer -> answer);
        });
    }

    private CompletionStage<List<CellChanges>> news(ShardedHistory since, boolean sweep) {
        List<Cell> cells = cells(since.generation());
        return Together.all(IntStream.range(0, shards)
                .mapToObj(i -> cells.get(i).news(since.cursors().get(i), sweep))
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
}
