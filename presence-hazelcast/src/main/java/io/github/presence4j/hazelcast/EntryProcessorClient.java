package io.github.presence4j.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to the members that own the data. No call blocks its caller. Each is answered or fails within the timeout, and the
 * owner refuses a change once it has failed (O2).
 */
final class EntryProcessorClient {
    /** The most calls under way (B7). */
    static final int MAX_UNDER_WAY = 65_536;

    private final HazelcastInstance hazelcast;
    private final ProxyFactory proxies;
    private final StoreThreads threads;
    private final MapSetup setup;
    private final Duration timeout;
    private final OwnerClocks clocks = new OwnerClocks();
    private final Map<String, LazyMap> maps = new ConcurrentHashMap<>();
    private final Set<OwnerCall<?, ?>> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(MAX_UNDER_WAY);
    private final ConnectionState connection;
    private volatile boolean closed;

    EntryProcessorClient(
            HazelcastInstance hazelcast, ProxyFactory proxies, StoreThreads threads, MapSetup setup, Duration timeout) {
        DefaultAsyncExecutor.reuse();
        this.hazelcast = hazelcast;
        this.proxies = proxies;
        this.threads = threads;
        this.setup = setup;
        this.timeout = timeout;
        if (Connectivity.isMember(hazelcast)) {
            clocks.learn(OwnerTime.of(hazelcast), StoreClock.ticks());
        }
        this.connection = new ConnectionState(hazelcast, this::sendWaiting);
        threads.repeat(timeout.dividedBy(4), this::check);
    }

    /** Sends a change, with a deadline. */
    <V extends StoredValue, R extends DeadlineProcessor.Answer> CompletionStage<R> change(
            EntryLocation place, DeadlineProcessor<V, R> change) {
        return submit(place, change);
    }

    /** Sends a read. */
    <V extends StoredValue, R> CompletionStage<R> ask(EntryLocation place, EntryProcessor<String, V, R> question) {
        return submit(place, question);
    }

    /** One message to the owner, however much the processor carries. Beyond the limit, the call fails at once. */
    private <V extends StoredValue, R> CompletionStage<R> submit(
            EntryLocation place, EntryProcessor<String, V, R> processor) {
        OwnerCall<V, R> call = new OwnerCall<>(this, place.key(), processor, StoreClock.ticks() + timeout.toNanos());
        if (!free.tryAcquire()) {
            call.fail(HazelcastErrors.tooManyUnderWay(MAX_UNDER_WAY));
            return call;
        }
        underWay.add(call);
        call.handle((reply, failure) -> ended(call));
        if (closed) {
            call.fail(HazelcastErrors.closed());
        } else {
            maps.computeIfAbsent(place.map(), this::unopened).send(call);
        }
        return call;
    }

    @SuppressWarnings("CollectionUndefinedEquality") // futures are compared by identity, which is meant
    private boolean ended(OwnerCall<?, ?> call) {
        free.release();
        return underWay.remove(call);
    }

    private LazyMap unopened(String name) {
        return new LazyMap(key -> open(name, key), connection::isUp, threads.background());
    }

    /** Opens a map. The first one also reads the time of an owner, so that every change has a deadline. */
    private @Nullable IMap<String, StoredValue> open(String name, String key) throws Exception {
        if (!connection.isUp()) {
            return null;
        }
        setup.ensure();
        IMap<String, StoredValue> map = proxies.map(name);
        if (clocks.isEmpty()) {
            ReadClock.Answer answer = map.submitToKey(key, new ReadClock())
                    .toCompletableFuture()
                    .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            clocks.learn(answer.time(), StoreClock.ticks());
        }
        return map;
    }

    Executor answers() {
        return threads.answers();
    }

    void learn(OwnerTime time, long nanos) {
        clocks.learn(time, nanos);
    }

    /** Returns the time of the owner of a key at a tick of this JVM, in microseconds, or a little less. */
    long timeAt(String key, long nanos) {
        return clocks.timeAt(owner(key), nanos);
    }

    private @Nullable UUID owner(String key) {
        Member owner = hazelcast.getPartitionService().getPartition(key).getOwner();
        return owner == null ? null : owner.getUuid();
    }

    private void check() {
        failOverdue();
        sendWaiting();
    }

    /** Fails each overdue call once, however long the answering threads are busy. */
    @SuppressWarnings("CollectionUndefinedEquality") // futures are compared by identity, which is meant
    private void failOverdue() {
        long now = StoreClock.ticks();
        List<OwnerCall<?, ?>> overdue =
                underWay.stream().filter(call -> call.isOverdue(now)).toList();
        for (OwnerCall<?, ?> call : overdue) {
            underWay.remove(call);
            threads.answers().execute(() -> call.completeExceptionally(HazelcastErrors.unanswered(timeout)));
        }
    }

    private void sendWaiting() {
        maps.values().forEach(LazyMap::tryAgain);
    }

    /** Fails the calls under way and all later ones (rule E4). */
    void close() {
        closed = true;
        connection.close();
        underWay.forEach(call -> call.fail(HazelcastErrors.closed()));
    }
}
