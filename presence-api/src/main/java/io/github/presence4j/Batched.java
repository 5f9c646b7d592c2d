package io.github.presence4j;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers single calls into bulk calls of a remote store (R5), and keeps the order of all changes of a topic (O1). If several
 * callers touch one member in one batch, exactly one of them sees that the member joined.
 */
final class Batched implements Singles {
    private static final Change.Terms<Touch> TOUCHES =
            new Change.Terms<>(Change.Kind.TOUCH, Touch::member, touch -> touch.data() != null);
    private static final Change.Terms<Leave> LEAVES =
            new Change.Terms<>(Change.Kind.LEAVE, Leave::member, leave -> false);
    private static final Change.Terms<String> RESETS =
            new Change.Terms<>(Change.Kind.RESET, member -> member, member -> false);

    private final PresenceStore store;
    private final Calls calls;
    private final Lanes<TopicId> changes;
    private final Lanes<Topic> reads;

    Batched(PresenceStore store, Calls calls, int slots) {
        this.store = store;
        this.calls = calls;
        this.changes = new Lanes<>(slots, calls.senders());
        this.reads = new Lanes<>(slots, calls.senders());
    }

    @Override
    public CompletableFuture<TouchResult> touch(Topic topic, Touch touch) {
        return changes.add(topic.id(), waiting -> {
            Change<Touch, TouchOutcome> open = touches(waiting, topic, touch.member());
            Change<Touch, TouchOutcome> batch =
                    open != null ? open : begun(waiting, TOUCHES, topic, (where, parts) -> store.touch(where, parts));
            return new Lanes.Joined<>(
                    batch.put(touch, outcome -> claimed(batch, touch, outcome.of(touch))), open == null ? batch : null);
        });
    }

    private static TouchResult claimed(Change<Touch, TouchOutcome> batch, Touch touch, TouchResult result) {
        return result == TouchResult.JOINED && !batch.claim(touch.member()) ? TouchResult.RENEWED : result;
    }

    @Override
    public CompletableFuture<Boolean> leave(Topic topic, Leave leave) {
        return changes.add(topic.id(), waiting -> {
            Change<Leave, Set<String>> last = ifTaking(waiting.peekLast(), Change.Kind.LEAVE, topic);
            Change<Leave, Set<String>> open = last != null && last.isClearFor(leave) ? last : null;
            Change<Leave, Set<String>> batch = open != null ? open : begun(waiting, LEAVES, topic, store::leave);
            String member = leave.member();
            return new Lanes.Joined<>(
                    batch.put(leave, left -> left.contains(member) && batch.claim(member)),
                    open == null ? batch : null);
        });
    }

    /**
     * Returns the batch that the touch may join: the last one waiting, or the one before it if the last one has only leaves of
     * other members. Null if neither accepts the touch.
     */
    private static @Nullable Change<Touch, TouchOutcome> touches(Deque<Batch<?>> waiting, Topic topic, String member) {
        Iterator<Batch<?>> fromTheLast = waiting.descendingIterator();
        Batch<?> last = fromTheLast.hasNext() ? fromTheLast.next() : null;
        if (last instanceof Change<?, ?> change && change.isPassedBy(member) && fromTheLast.hasNext()) {
            last = fromTheLast.next();
        }
        return ifTaking(last, Change.Kind.TOUCH, topic);
    }

    @SuppressWarnings("unchecked") // the kind determines the type arguments
    private static <Q, A> @Nullable Change<Q, A> ifTaking(@Nullable Batch<?> batch, Change.Kind kind, Topic topic) {
        return batch instanceof Change<?, ?> change && change.takes(kind, topic) ? (Change<Q, A>) change : null;
    }

    private <Q, A> Change<Q, A> begun(
            Deque<Batch<?>> waiting,
            Change.Terms<Q> terms,
            Topic topic,
            BiFunction<Topic, Collection<Q>, CompletionStage<A>> call) {
        Set<Q> parts = new LinkedHashSet<>();
        Change<Q, A> batch = new Change<>(calls, false, terms, topic, parts, () -> call.apply(topic, parts));
        waiting.addLast(batch);
        return batch;
    }

    @Override
    public CompletableFuture<TouchOutcome> touch(Topic topic, List<Touch> touches) {
        return bulk(TOUCHES, topic, touches, store::touch);
    }

    @Override
    public CompletableFuture<Set<String>> leave(Topic topic, List<Leave> leaves) {
        return bulk(LEAVES, topic, leaves, store::leave);
    }

    @Override
    public CompletableFuture<@Nullable Void> reset(Topic topic) {
        return this.<String, @Nullable Void>bulk(RESETS, topic, List.of(), (where, nobody) -> store.reset(where));
    }

    private <Q, A extends @Nullable Object> CompletableFuture<A> bulk(
            Change.Terms<Q> terms,
            Topic topic,
            List<Q> parts,
            BiFunction<Topic, Collection<Q>, CompletionStage<A>> call) {
        return changes.add(topic.id(), waiting -> {
            Change<Q, A> batch = new Change<>(calls, true, terms, topic, parts, () -> call.apply(topic, parts));
            waiting.addLast(batch);
            return new Lanes.Joined<>(batch.add(Function.identity()), batch);
        });
    }

    @Override
    public CompletableFuture<Boolean> isLive(Topic topic, String member) {
        return reads.add(topic, waiting -> {
            Question open = waiting.peekLast() instanceof Question last && last.isOpen() ? last : null;
            Question batch = open != null ? open : new Question(store, calls, topic);
            if (open == null) {
                waiting.addLast(batch);
            }
            return new Lanes.Joined<>(batch.put(member), open == null ? batch : null);
        });
    }

    /** A batch of {@code isLive} calls. Reads need not wait for changes: an unanswered change may be seen or not (R4). */
    private static final class Question extends Batch<Set<String>> {
        private final Set<String> members;

        Question(PresenceStore store, Calls calls, Topic topic) {
            this(store, calls, topic, new LinkedHashSet<>());
        }

        private Question(PresenceStore store, Calls calls, Topic topic, Set<String> members) {
            super(calls, false, () -> store.liveAmong(topic, members));
            this.members = members;
        }

        boolean isOpen() {
            return isOpen(members.size());
        }

        CompletableFuture<Boolean> put(String member) {
            members.add(member);
            return add(live -> live.contains(member));
        }
    }
}
