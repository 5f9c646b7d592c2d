package io.github.presence4j;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
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
 * callers touch one member in one batch, exactly one of them sees that the member joined. Handles of one topic share batches: a
 * batch calls the handle of the caller that began it.
 */
final class BatchedCalls implements SingleCalls {
    private static final ChangeBatch.Terms<Touch> TOUCHES =
            new ChangeBatch.Terms<>(ChangeBatch.Kind.TOUCH, Touch::member, touch -> touch.data() != null);
    private static final ChangeBatch.Terms<Leave> LEAVES =
            new ChangeBatch.Terms<>(ChangeBatch.Kind.LEAVE, Leave::member, leave -> false);
    private static final ChangeBatch.Terms<String> RESETS =
            new ChangeBatch.Terms<>(ChangeBatch.Kind.RESET, member -> member, member -> false);

    private final CallDeadlines calls;
    private final TopicQueues<TopicId> changes;
    private final TopicQueues<Topic> reads;

    BatchedCalls(CallDeadlines calls, int slots) {
        this.calls = calls;
        this.changes = new TopicQueues<>(slots, calls.senders());
        this.reads = new TopicQueues<>(slots, calls.senders());
    }

    @Override
    public CompletableFuture<TouchResult> touch(TopicStore topic, Touch touch) {
        return changes.add(topic.topic().id(), waiting -> {
            ChangeBatch<Touch, TouchOutcome> open = touches(waiting, topic.topic(), touch.member());
            ChangeBatch<Touch, TouchOutcome> batch =
                    open != null ? open : begun(waiting, TOUCHES, topic, TopicStore::touch);
            return new TopicQueues.Joined<>(
                    batch.put(touch, outcome -> claimed(batch, touch, outcome.of(touch))), open == null ? batch : null);
        });
    }

    private static TouchResult claimed(ChangeBatch<Touch, TouchOutcome> batch, Touch touch, TouchResult result) {
        return result == TouchResult.JOINED && !batch.claim(touch.member()) ? TouchResult.RENEWED : result;
    }

    @Override
    public CompletableFuture<Boolean> leave(TopicStore topic, Leave leave) {
        return changes.add(topic.topic().id(), waiting -> {
            ChangeBatch<Leave, Set<String>> last = ifTaking(waiting.peekLast(), ChangeBatch.Kind.LEAVE, topic.topic());
            ChangeBatch<Leave, Set<String>> open = last != null && last.isClearFor(leave) ? last : null;
            ChangeBatch<Leave, Set<String>> batch =
                    open != null ? open : begun(waiting, LEAVES, topic, TopicStore::leave);
            String member = leave.member();
            return new TopicQueues.Joined<>(
                    batch.put(leave, left -> left.contains(member) && batch.claim(member)),
                    open == null ? batch : null);
        });
    }

    /**
     * Returns the batch that the touch may join: the last one waiting, or the one before it if the last one has only leaves of
     * other members. Null if neither accepts the touch.
     */
    private static @Nullable ChangeBatch<Touch, TouchOutcome> touches(
            Deque<StoreBatch<?>> waiting, Topic topic, String member) {
        Iterator<StoreBatch<?>> fromTheLast = waiting.descendingIterator();
        StoreBatch<?> last = fromTheLast.hasNext() ? fromTheLast.next() : null;
        if (last instanceof ChangeBatch<?, ?> change && change.isPassedBy(member) && fromTheLast.hasNext()) {
            last = fromTheLast.next();
        }
        return ifTaking(last, ChangeBatch.Kind.TOUCH, topic);
    }

    @SuppressWarnings("unchecked") // the kind determines the type arguments
    private static <Q, A> @Nullable ChangeBatch<Q, A> ifTaking(
            @Nullable StoreBatch<?> batch, ChangeBatch.Kind kind, Topic topic) {
        return batch instanceof ChangeBatch<?, ?> change && change.takes(kind, topic)
                ? (ChangeBatch<Q, A>) change
                : null;
    }

    private <Q, A> ChangeBatch<Q, A> begun(
            Deque<StoreBatch<?>> waiting,
            ChangeBatch.Terms<Q> terms,
            TopicStore topic,
            BiFunction<TopicStore, List<Q>, CompletionStage<A>> call) {
        Set<Q> parts = new LinkedHashSet<>(2);
        ChangeBatch<Q, A> batch = new ChangeBatch<>(
                calls, false, terms, topic.topic(), parts, () -> call.apply(topic, List.copyOf(parts)));
        waiting.addLast(batch);
        return batch;
    }

    @Override
    public CompletableFuture<TouchOutcome> touch(TopicStore topic, List<Touch> touches) {
        return bulk(TOUCHES, topic, touches, TopicStore::touch);
    }

    @Override
    public CompletableFuture<Set<String>> leave(TopicStore topic, List<Leave> leaves) {
        return bulk(LEAVES, topic, leaves, TopicStore::leave);
    }

    @Override
    public CompletableFuture<@Nullable Void> reset(TopicStore topic) {
        return this.<String, @Nullable Void>bulk(RESETS, topic, List.of(), (store, none) -> store.reset());
    }

    private <Q, A extends @Nullable Object> CompletableFuture<A> bulk(
            ChangeBatch.Terms<Q> terms,
            TopicStore topic,
            List<Q> parts,
            BiFunction<TopicStore, List<Q>, CompletionStage<A>> call) {
        return changes.add(topic.topic().id(), waiting -> {
            ChangeBatch<Q, A> batch =
                    new ChangeBatch<>(calls, true, terms, topic.topic(), parts, () -> call.apply(topic, parts));
            waiting.addLast(batch);
            return new TopicQueues.Joined<>(batch.add(Function.identity()), batch);
        });
    }

    @Override
    public CompletableFuture<Boolean> isLive(TopicStore topic, String member) {
        return reads.add(topic.topic(), waiting -> {
            Question open = waiting.peekLast() instanceof Question last && last.isOpen() ? last : null;
            Question batch = open != null ? open : new Question(calls, topic);
            if (open == null) {
                waiting.addLast(batch);
            }
            return new TopicQueues.Joined<>(batch.put(member), open == null ? batch : null);
        });
    }

    /** A batch of {@code isLive} calls. Reads need not wait for changes: an unanswered change may be seen or not (R4). */
    private static final class Question extends StoreBatch<Set<String>> {
        private final Set<String> members;

        Question(CallDeadlines calls, TopicStore topic) {
            this(calls, topic, new LinkedHashSet<>());
        }

        private Question(CallDeadlines calls, TopicStore topic, Set<String> members) {
            super(calls, false, () -> topic.liveAmong(List.copyOf(members)));
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
