package io.github.presence4j.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One message to the owner of a key, and its answer. A cancellation returns only when the call was sent or never will be, and a sent
 * call is not sent again. So what the caller sends after that comes after the call (O2).
 *
 * @param <V> the type of the stored value
 * @param <R> the type of the answer
 */
final class OwnerCall<V extends StoredValue, R> extends CompletableFuture<R> {
    /**
     * The most attempts. A change that the owner refused as late is sent again if time is left: the answer has corrected the
     * estimate of its clock.
     */
    private static final int ATTEMPTS = 3;

    private final EntryProcessorClient owners;
    private final String key;
    private final EntryProcessor<String, V, R> processor;
    private final long deadlineNanos;
    private final ReentrantLock sending = new ReentrantLock();
    private int attempts;
    private boolean givenUp;

    OwnerCall(EntryProcessorClient owners, String key, EntryProcessor<String, V, R> processor, long deadlineNanos) {
        this.owners = owners;
        this.key = key;
        this.processor = processor;
        this.deadlineNanos = deadlineNanos;
    }

    String key() {
        return key;
    }

    boolean isOverdue(long nanos) {
        return deadlineNanos - nanos <= 0;
    }

    /** Sends the call, unless it has ended already. */
    void send(IMap<String, StoredValue> map) {
        Throwable failure = trySend(map);
        if (failure != null) {
            fail(failure);
        }
    }

    private @Nullable Throwable trySend(IMap<String, StoredValue> map) {
        sending.lock();
        try {
            if (isDone()) {
                return null;
            }
            if (givenUp) {
                return HazelcastErrors.late();
            }
            if (processor instanceof DeadlineProcessor<?, ?> change) {
                change.due(owners.timeAt(key, deadlineNanos));
            }
            attempts++;
            @SuppressWarnings("unchecked") // each key of a map holds one kind of value
            IMap<String, V> values = (IMap<String, V>) (IMap<String, ?>) map;
            values.submitToKey(key, processor)
                    .whenCompleteAsync((reply, failure) -> settle(map, reply, failure), owners.answers());
            return null;
        } catch (RuntimeException e) {
            return e;
        } finally {
            sending.unlock();
        }
    }

    /**
     * Gives the call up. A call that was sent still ends with its answer, because a change that took effect has to be signalled to the
     * watchers.
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        sending.lock();
        try {
            givenUp = true;
            if (attempts > 0) {
                return false;
            }
        } finally {
            sending.unlock();
        }
        return super.cancel(mayInterruptIfRunning);
    }

    private void settle(IMap<String, StoredValue> map, R reply, @Nullable Throwable failure) {
        if (failure != null) {
            fail(failure);
            return;
        }
        if (reply instanceof DeadlineProcessor.Answer answer) {
            long nanos = StoreClock.ticks();
            owners.learn(answer.at(), nanos);
            if (answer.isLate()) {
                if (attempts < ATTEMPTS && !isOverdue(nanos)) {
                    send(map);
                } else {
                    completeExceptionally(HazelcastErrors.late());
                }
                return;
            }
        }
        complete(reply);
    }

    void fail(Throwable failure) {
        completeExceptionally(HazelcastErrors.translate(failure));
    }
}
