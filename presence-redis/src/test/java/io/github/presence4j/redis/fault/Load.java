package io.github.presence4j.redis.fault;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.RedisStore;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Eight threads that touch, read, come and go on two nodes, with a watcher on each, while something happens to Redis. A crowd
 * beats all the time: an answer that misses one of it is wrong.
 */
final class Load implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int THREADS = 8;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> crowd =
            IntStream.range(0, 100).mapToObj(i -> "crowd " + i).toList();
    private final List<Presence> nodes;
    private final List<Onlooker> onlookers = List.of(new Onlooker(), new Onlooker());
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong longestFailed = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> foreign = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private volatile boolean lossy;

    /** Returns whether its answer is right. */
    private interface Call {
        boolean right();
    }

    Load(Supplier<RedisStore> stores) {
        PresenceConfig config = PresenceConfig.builder()
                .ttl(Duration.ofMinutes(5))
                .timeout(TIMEOUT)
                .sweepInterval(Duration.ofMillis(200))
                .build();
        nodes = List.of(Presence.using(stores.get(), config), Presence.using(stores.get(), config));
        for (int i = 0; i < nodes.size(); i++) {
            topic(i).watch(onlookers.get(i)::see);
        }
        topic(0).touchAll(crowd);
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> run(number), "load " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private PresenceTopic topic(int thread) {
        return nodes.get(thread % 2).topic("room");
    }

    private void run(int thread) {
        PresenceTopic topic = topic(thread);
        for (int i = 0; !stopped; i++) {
            String member = crowd.get((i * 31 + thread) % crowd.size());
            String guest = "guest " + thread + " " + i % 20;
            List<Call> kinds = List.of(
                    change(() -> topic.touch(member)),
                    () -> topic.isLive(member),
                    change(() -> topic.touch(guest, "tab", "data")),
                    change(() -> topic.leave(guest, "tab")),
                    () -> topic.count() >= crowd.size(),
                    change(() -> topic.touch(guest)),
                    change(() -> topic.leave(guest)),
                    () -> topic.list().containsAll(crowd),
                    () -> topic.liveAmong(crowd).size() == crowd.size());
            call(kinds.get(i % kinds.size()), i % kinds.size());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static Call change(Runnable change) {
        return () -> {
            change.run();
            return true;
        };
    }

    private void call(Call call, int kind) {
        long begin = System.nanoTime();
        calls.incrementAndGet();
        try {
            if (!call.right() && !lossy) {
                wrong.add("kind " + kind);
            }
        } catch (PresenceException e) {
            failed.incrementAndGet();
            longestFailed.accumulateAndGet(System.nanoTime() - begin, Math::max);
        } catch (RuntimeException e) {
            foreign.add(e);
        }
    }

    /** From now on data may be lost: until it is touched again, a member may be missing. */
    void mayLoseData() {
        lossy = true;
    }

    long calls() {
        return calls.get();
    }

    /** Waits until so many more calls were made. */
    void more(int some) {
        long enough = calls.get() + some;
        await("the load goes on", () -> calls.get() >= enough);
    }

    /** What was seen, once calls succeed again and both watchers see what the store says. */
    Outcome settle() {
        long begin = System.nanoTime();
        await("calls succeed again", this::succeeds);
        long back = System.nanoTime() - begin;
        stopped = true;
        await("the threads end", () -> threads.stream().noneMatch(Thread::isAlive));
        await("everybody is touched", this::succeeds);
        long quiet = System.nanoTime();
        await(
                "views are equal",
                () -> onlookers.stream()
                        .map(Onlooker::view)
                        .allMatch(view -> view.equals(Set.copyOf(topic(0).list()))));
        long equal = System.nanoTime() - quiet;
        Set<String> violations = onlookers.stream()
                .flatMap(onlooker -> onlooker.violations().stream())
                .collect(Collectors.toSet());
        return new Outcome(
                calls.get(),
                failed.get(),
                Duration.ofNanos(longestFailed.get()),
                List.copyOf(wrong),
                List.copyOf(foreign),
                violations,
                Duration.ofNanos(back),
                Duration.ofNanos(equal));
    }

    private boolean succeeds() {
        try {
            topic(0).touchAll(crowd);
            topic(1).touchAll(crowd);
            return true;
        } catch (PresenceException e) {
            return false;
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + PATIENCE + " in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        stopped = true;
        nodes.forEach(Presence::close);
    }
}
