package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.github.presence4j.PresenceUnavailableException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The way to the members that own what is stored. */
final class Owners {
    private static final int THREADS = 2;

    private final HazelcastInstance hazelcast;
    /** An answer after the end, for which nobody waits, is taken where it comes. */
    private final ExecutorService answers = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Owners::thread,
            (late, executor) -> late.run());

    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "presence-hazelcast-answers");
        thread.setDaemon(true);
        return thread;
    }

    Owners(HazelcastInstance hazelcast) {
        Completions.reuseThreads();
        this.hazelcast = hazelcast;
    }

    /** One message to the owner, however much the processor carries. */
    @SuppressWarnings("CollectionUndefinedEquality") // futures are compared by identity, which is meant
    <V extends Stored, R> CompletionStage<R> submit(Place place, EntryProcessor<String, V, R> processor) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        underWay.add(answer);
        answer.whenComplete((reply, failure) -> underWay.remove(answer));
        try {
            if (closed) {
                throw closed();
            }
            IMap<String, V> map = hazelcast.getMap(place.map());
            map.submitToKey(place.key(), processor)
                    .whenCompleteAsync((reply, failure) -> settle(answer, reply, failure), answers);
        } catch (RuntimeException e) {
            answer.completeExceptionally(Failures.translate(e));
        }
        return answer;
    }

    private static <R> void settle(CompletableFuture<R> answer, R reply, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(reply);
        } else {
            answer.completeExceptionally(Failures.translate(failure));
        }
    }

    private static PresenceUnavailableException closed() {
        return new PresenceUnavailableException("The Hazelcast store is closed; open another one", null);
    }

    /** Ends what is under way (E4); what comes later fails. */
    void close() {
        closed = true;
        underWay.forEach(answer -> answer.completeExceptionally(closed()));
        answers.shutdown();
    }
}
