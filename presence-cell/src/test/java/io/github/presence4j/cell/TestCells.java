package io.github.presence4j.sharding;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.cell.Capacity;
import io.github.presence4j.cell.CellState;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.TouchOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one topic and its home, in this thread: each call is done when it returns. The clock of each shard goes its own
 * way, and something may happen whenever a cell is about to be asked.
 */
final class TestCells implements ShardedTopic.Cells, TopicMetadata {
    static final long TTL = 60_000;

    /** What each shard's clock shows beside the others', in microseconds. */
    final Map<Integer, Long> skews = new HashMap<>();

    Runnable meanwhile = () -> {};
    long now = 1_000_000;
    int commands;
    /** Whether a reset ends the cells that it leaves, as on Hazelcast; else they go on, as on Redis. */
    boolean endsCells = true;

    private final Map<String, CellState> cells = new HashMap<>();
    private final Set<String> over = new HashSet<>();
    private long generation = 1;
    private long begun;
    private long ttl = TTL;

    private static <T> CompletionStage<T> done(T answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private State state() {
        return new State(new Generation(Long.toString(generation), begun), ttl);
    }

    @Override
    public CompletionStage<State> look() {
        return done(state());
    }

    @Override
    public CompletionStage<State> keep() {
        return done(state());
    }

    @Override
    public CompletionStage<State> record() {
        ttl = TTL;
        return done(state());
    }

    @Override
    public CompletionStage<State> watch() {
        return done(state());
    }

    @Override
    public CompletionStage<?> reset() {
        String left = Long.toString(generation);
        beginGeneration();
        if (endsCells) {
            cells.keySet().stream().filter(key -> key.endsWith("/" + left)).forEach(over::add);
        }
        cells.forEach((key, cell) -> {
            if (over.contains(key)) {
                cell.clear();
            }
        });
        return done(true);
    }

    @Override
    public CompletionStage<?> finish(Generation left) {
        if (state().generation().equals(left)) {
            beginGeneration();
        }
        return done(true);
    }

    @Override
    public boolean endsCells() {
        return endsCells;
    }

    private void beginGeneration() {
        generation++;
        begun = endsCells ? Generation.NO_CUTOFF : now * 1000;
    }

    /** As if whoever resets the topic had gone in the middle, and the home had forgotten: its cells are over, and it is not. */
    void endWithoutTheHome() {
        over.addAll(cells.keySet());
    }

    @Override
    public Shard cell(int shard, Generation where) {
        return new OneCell(shard, shard + "/" + where.id());
    }

    private final class OneCell implements Shard {
        private final int shard;
        private final String key;

        OneCell(int shard, String key) {
            this.shard = shard;
            this.key = key;
        }

        private <T> CompletionStage<T> ask(Function<CellState, T> question) {
            meanwhile.run();
            commands++;
            if (key.endsWith("/") || over.contains(key)) {
                return CompletableFuture.failedFuture(new StaleGenerationException());
            }
            return done(question.apply(state()));
        }

        private CellState state() {
            CellState state = cells.computeIfAbsent(key, made -> {
                CellState cell = new CellState(new Capacity(Long.MAX_VALUE), TTL, 7 + made.hashCode());
                cell.keepHistory(now);
                return cell;
            });
            state.raise(now * 1000 + skews.getOrDefault(shard, 0L));
            return state;
        }

        @Override
        public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
            return ask(cell -> cell.touch(touches, TTL, now));
        }

        @Override
        public CompletionStage<Set<String>> leave(List<Leave> leaves) {
            return ask(cell -> cell.leave(leaves, now));
        }

        @Override
        public CompletionStage<Map<String, Member>> live(List<String> members) {
            return ask(cell -> cell.look(now, null).live(members));
        }

        @Override
        public CompletionStage<Set<String>> liveAmong(List<String> members) {
            return ask(cell -> cell.look(now, null).liveAmong(members));
        }

        @Override
        public CompletionStage<Long> count() {
            return ask(cell -> cell.look(now, null).count());
        }

        @Override
        public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
            return ask(cell -> cell.look(now, null).page(cursor, limit));
        }

        @Override
        public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
            return ask(cell -> cell.look(now, null).names(cursor, limit));
        }

        @Override
        public CompletionStage<ShardChanges> changes(String cursor, long after) {
            return ask(cell -> {
                cell.raise(after);
                return cell.shardChangesSince(cursor, 10, now, now);
            });
        }

        @Override
        public CompletionStage<ShardChanges> lastChanges(String cursor) {
            commands++;
            over.add(key);
            return done(state().shardChangesSince(cursor, 10, now, now).atTheEnd());
        }
    }
}
