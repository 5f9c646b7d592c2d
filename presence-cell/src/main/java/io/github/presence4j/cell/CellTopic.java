package io.github.presence4j.cell;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.BlockingCall;
import io.github.presence4j.spi.BlockingCalls;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topic in any store that can lock and keep bytes. Keeps every rule that concerns one topic; the store keeps the bytes.
 *
 * <p>Each call reads the whole cell, and each change writes it: O(members of the topic), about half a millisecond per 1,000 members, while the
 * topic is locked. So it suits topics of up to some thousands of members. A bulk call of more than 10,000 touches or leaves is cut
 * into parts. Thread-safe; holds no state of the topic.
 */
public final class CellTopic implements TopicStore {
    /** Touches or leaves per change of the cell. */
    private static final int PER_CHANGE = 10_000;

    private final Topic topic;
    private final long ttl;
    private final CellStorage storage;
    private final BlockingCalls calls;
    private final Consumer<TopicId> signal;

    /**
     * Makes a handle; without a call to the store.
     *
     * @param topic the topic, the TTL that touches record, and the window of reads
     * @param storage keeps the bytes
     * @param calls runs the calls of the store
     * @param signal receives the topic after each change that watchers should see, on a worker thread; such as {@link
     *     io.github.presence4j.spi.ChangePolling#signal}, or a method that signals all nodes
     */
    public CellTopic(Topic topic, CellStorage storage, BlockingCalls calls, Consumer<TopicId> signal) {
        this.topic = topic;
        this.ttl = topic.ttl().toMillis();
        this.storage = storage;
        this.calls = calls;
        this.signal = signal;
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return calls.call(call -> {
            List<TouchOutcome> outcomes = new ArrayList<>();
            for (List<Touch> part : parts(touches)) {
                outcomes.add(change(call, (cell, now) -> {
                    cell.state().tend(now);
                    TouchOutcome outcome = cell.state().touch(part, ttl, now);
                    cell.keep();
                    return outcome;
                }));
            }
            return TouchOutcome.union(outcomes);
        });
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return calls.call(call -> {
            Set<String> left = new HashSet<>();
            for (List<Leave> part : parts(leaves)) {
                left.addAll(change(call, (cell, now) -> {
                    cell.state().tend(now);
                    Set<String> gone = cell.state().leave(part, now);
                    cell.keep();
                    return gone;
                }));
            }
            return left;
        });
    }

    /** Cuts a list; an empty one is one empty part. */
    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(all.size(), from + PER_CHANGE);
            parts.add(all.subList(from, to));
            from = to;
        } while (from < all.size());
        return parts;
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return read(look -> look.live(members), Map.of());
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return read(look -> look.liveAmong(members), Set.of());
    }

    @Override
    public CompletionStage<Long> count() {
        return read(CellReader::count, 0L);
    }

    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        SlotCursor.pageSlot(cursor);
        return read(look -> look.page(cursor, limit), new MemberPage(List.of(), null));
    }

    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        if (cursor != null) {
            SlotCursor.parse(cursor);
        }
        return read(look -> look.names(cursor, limit), new NamePage(List.of(), true, null));
    }

    /**
     * A topic that does not exist stays so. It is locked nevertheless: its first touch, whose caller has given it up, may be about to take
     * effect, and must not do so afterwards (rule O2: a failed call takes no effect after a later one has succeeded).
     */
    @Override
    @SuppressWarnings("NullAway") // the type of the result is nullable
    public CompletionStage<@Nullable Void> reset() {
        return calls.call(call -> {
            try {
                change(call, (cell, now) -> {
                    if (cell.isNew()) {
                        throw new NoTopic();
                    }
                    cell.state().reset(StoredCell.randomId(), now);
                    cell.keep();
                    return true;
                });
            } catch (NoTopic e) {
                // there is nothing to reset
            }
            return null;
        });
    }

    /** Makes the store undo what the lock of an absent topic has left. */
    private static final class NoTopic extends Exception {
        private static final long serialVersionUID = 1;

        NoTopic() {
            super(null, null, false, false);
        }
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        return calls.call(call -> change(call, (cell, now) -> {
            cell.keepLog();
            return cell.state().changesSince(cursor, StoredCell.randomId(), now);
        }));
    }

    private interface Step<T> {
        T apply(StoredCell cell, long now) throws NoTopic;
    }

    /**
     * Changes the cell. Reads the clock after the lock was obtained, so that changes have the order of their times. Fails after the
     * lock if the call was given up, so that it cannot take effect after a later call (O2).
     */
    private <T> T change(BlockingCall call, Step<T> step) throws Exception {
        boolean[] changed = {false};
        T result = storage.withCell(topic.id(), call, stored -> {
            byte[] bytes = stored.lock();
            call.throwIfGivenUp();
            long storeTime = stored.now();
            StoredCell read = StoredCell.read(bytes, storeTime);
            StoredCell cell = read == null ? StoredCell.create(ttl) : read;
            T done = step.apply(cell, cell.advance(storeTime));
            changed[0] = cell.takeSignal();
            stored.write(cell.bytes(), cell.expiresAt(), cell.version());
            return done;
        });
        if (changed[0]) {
            signal.accept(topic.id());
        }
        return result;
    }

    /** Reads the clock before the cell: by a later time, a member that was renewed in between would look expired. */
    private <T> CompletionStage<T> read(Function<CellReader, T> question, T absent) {
        return calls.call(call -> storage.withCell(topic.id(), call, stored -> {
            long storeTime = stored.now();
            StoredCell cell = StoredCell.read(stored.read(), storeTime);
            return cell == null ? absent : question.apply(cell.state().look(cell.timeAt(storeTime), topic.window()));
        }));
    }
}
