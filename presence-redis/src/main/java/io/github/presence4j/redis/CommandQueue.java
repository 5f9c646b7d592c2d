package io.github.presence4j.redis;

import io.lettuce.core.api.AsyncCloseable;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queue of commands on one connection, first in, first out. Commands wait while the connection is being opened, while too
 * many are under way (B7), and while the server asks to retry later.
 *
 * <p>One thread at a time sends. A thread that finds another one sending leaves its command to that thread. Nothing blocks.
 */
final class CommandQueue<C extends AsyncCloseable> {
    /**
     * The most commands under way. Well below the limit of the queue in Lettuce, which would refuse commands instead of letting
     * them wait.
     */
    static final int MAX_UNDER_WAY = 8_192;

    static final int MAX_WAITING = 65_536;

    private static final int CHECKS = 16;
    /** Before the timeout, so that the check that notices the end of the wait comes before it too. */
    private static final int RESERVED_CHECKS = 3;

    private static final int PER_TURN = 128;

    private final LazyConnection<C> opened;
    private final Function<C, RedisClusterAsyncCommands<String, String>> commands;
    private final CommandRouting<C> routes;
    private final ScheduledExecutorService timer;
    private final long timeoutNanos;

    private final AtomicLong numbers = new AtomicLong();
    private final Queue<QueuedCommand<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final Set<QueuedCommand<?>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWayCount = new AtomicInteger();
    private final SingleRunner turns;
    private final AtomicBoolean timerIsSet = new AtomicBoolean();
    private volatile long lastAnswer = System.nanoTime();

    /** Events from other threads, to be processed by the sending thread. */
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();

    private final CommandHolds holds = new CommandHolds();
    private @Nullable C used;
    private volatile @Nullable C proven;
    private @Nullable CompletableFuture<C> awaited;

    CommandQueue(
            LazyConnection<C> opened,
            Function<C, RedisClusterAsyncCommands<String, String>> commands,
            CommandRouting<C> routes,
            ScheduledExecutorService timer,
            Duration timeout) {
        this.opened = opened;
        this.commands = commands;
        this.routes = routes;
        this.timer = timer;
        this.timeoutNanos = timeout.toNanos();
        this.turns = new SingleRunner(timer, this::takeTurn, this::armTimer);
    }

    /**
     * Queues a command. Its waiting time ends a little before the timeout of the caller, so that the failure can name the cause.
     */
    <T> CompletableFuture<T> call(String key, QueuedCommand.Sender<T> sender) {
        long deadline = System.nanoTime() + timeoutNanos - RESERVED_CHECKS * timeoutNanos / CHECKS;
        QueuedCommand<T> call = new QueuedCommand<>(numbers.incrementAndGet(), key, deadline, sender);
        if (opened.isClosed()) {
            call.completeExceptionally(LazyConnection.closed());
        } else if (waitingCount.incrementAndGet() > MAX_WAITING) {
            waitingCount.decrementAndGet();
            call.completeExceptionally(RedisErrors.tooManyWaiting(MAX_WAITING));
        } else {
            waiting.add(call);
            turns.take();
        }
        return call;
    }

    /** Begins to connect, so that the first call need not wait for the connection as long. */
    void connect() {
        opened.get();
    }

    /** Sends one command on the first connection that is opened. It skips the queue and its limit. */
    <T> CompletionStage<T> onFirstConnection(
            Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> command) {
        return opened.first().thenApply(commands).thenCompose(command);
    }

    /** Returns the number of commands that were removed from the queue. */
    private int takeTurn() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        return sendWaiting();
    }

    private void onEvent(Runnable event) {
        events.add(event);
        turns.take();
    }

    private int sendWaiting() {
        Queue<QueuedCommand<?>> from = next();
        int removed = 0;
        for (QueuedCommand<?> call = from.peek(); call != null; call = from.peek()) {
            if (removed == PER_TURN) {
                turns.again();
                return removed;
            }
            CompletableFuture<C> connection = opened.get();
            if (call.isDone()) {
                from.remove();
                waitingCount.decrementAndGet();
            } else if (call.isOverdue(System.nanoTime())) {
                from.remove();
                failWaiting(call, overdue(connection));
            } else if (!connection.isDone()) {
                awaitConnection(connection);
                return removed;
            } else if (connection.isCompletedExceptionally()) {
                from.remove();
                failWaiting(call, RedisErrors.of(connection));
            } else if (underWayCount.get() >= MAX_UNDER_WAY) {
                return removed;
            } else {
                from.remove();
                sendOrHold(call, connection.join());
            }
            removed++;
            from = next();
        }
        return removed;
    }

    private Queue<QueuedCommand<?>> next() {
        return holds.released().isEmpty() ? waiting : holds.released();
    }

    private RuntimeException overdue(CompletableFuture<C> connection) {
        if (!connection.isDone()) {
            return RedisErrors.stillConnecting();
        }
        return System.nanoTime() - lastAnswer > timeoutNanos / 2
                ? RedisErrors.noAnswers()
                : RedisErrors.tooManyUnderWay(MAX_UNDER_WAY);
    }

    private void awaitConnection(CompletableFuture<C> connection) {
        if (awaited != connection) {
            awaited = connection;
            connection.whenComplete((opened, failure) -> turns.take());
        }
    }

    private void failWaiting(QueuedCommand<?> call, Throwable failure) {
        waitingCount.decrementAndGet();
        call.completeExceptionally(failure);
    }

    private void sendOrHold(QueuedCommand<?> call, C connection) {
        if (used != connection) {
            used = connection;
            routes.linkLost();
        }
        ServerState node = routes.node(connection, call.key);
        if (!holds.hold(call, node)) {
            waitingCount.decrementAndGet();
            send(call, connection, node);
        }
    }

    private <T> void send(QueuedCommand<T> call, C connection, @Nullable ServerState node) {
        underWay.add(call);
        underWayCount.incrementAndGet();
        call.send(commands.apply(connection), node)
                .whenComplete((answer, failure) -> answered(call, connection, node, answer, failure));
    }

    private <T> void answered(
            QueuedCommand<T> call, C connection, @Nullable ServerState node, T answer, @Nullable Throwable failure) {
        underWay.remove(call);
        underWayCount.decrementAndGet();
        if (node != null && node.isOpening()) {
            boolean isOpen = failure == null || RedisErrors.isReply(failure);
            onEvent(() -> holds.answered(node, isOpen));
        }
        if (failure == null) {
            lastAnswer = System.nanoTime();
            proven = connection;
        } else if (RedisErrors.isReadOnly(failure)) {
            renew(connection);
        } else if (isPassing(failure, connection) && sendAgain(call)) {
            return;
        }
        if (waitingCount.get() > 0) {
            turns.take();
        }
        if (failure == null) {
            call.complete(answer);
        } else {
            call.completeExceptionally(failure);
        }
    }

    /**
     * Returns whether the command may be sent again. Lettuce returns a connection slightly before it accepts commands; a command
     * that it rejected was not sent.
     */
    private boolean isPassing(Throwable failure, C connection) {
        return RedisErrors.isPassing(failure) || (proven != connection && RedisErrors.isRejected(failure));
    }

    /** Replaces a connection. Commands under way on the former one keep their time to be answered. */
    private void renew(C connection) {
        if (opened.renew(connection)) {
            schedule(connection::closeAsync, TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
        }
    }

    /**
     * Queues a command again that the server did not execute. Later commands with the same key wait for it. Returns false if too
     * little time is left.
     */
    private boolean sendAgain(QueuedCommand<?> call) {
        long pause = call.nextPauseMillis();
        if (opened.isClosed() || call.isOverdue(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause))) {
            return false;
        }
        waitingCount.incrementAndGet();
        Runnable resume = () -> onEvent(() -> holds.pauseIsOver(call.key));
        onEvent(() -> holds.retry(call, () -> schedule(resume, pause)));
        return true;
    }

    private void armTimer() {
        boolean isIdle = waitingCount.get() == 0 && underWayCount.get() == 0;
        if (!isIdle && !timerIsSet.get() && !opened.isClosed() && timerIsSet.compareAndSet(false, true)) {
            schedule(this::check, 1 + TimeUnit.NANOSECONDS.toMillis(timeoutNanos / CHECKS));
        }
    }

    /**
     * Fails overdue commands. Lettuce bounds those under way on its own only for a client of ours, not for one the application
     * passed in.
     */
    private void check() {
        timerIsSet.set(false);
        long now = System.nanoTime();
        underWay.forEach(call -> {
            if (now - call.deadline > timeoutNanos) {
                call.abandon(RedisErrors.noAnswers());
            }
        });
        onEvent(() -> {
            holds.overdueRetries(now).forEach(call -> failWaiting(call, RedisErrors.noAnswers()));
            holds.overdueOpenings(now).forEach(call -> failWaiting(call, RedisErrors.stillConnecting()));
        });
    }

    private void schedule(Runnable step, long millis) {
        try {
            timer.schedule(step, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The client was shut down, and with it all commands under way and all that wait for a connection.
            waiting.forEach(call -> call.completeExceptionally(LazyConnection.closed()));
        }
    }

    /** Fails the commands under way after the link to the only server was lost; none is sent again (O3). */
    void linkLost() {
        routes.linkLost();
        underWay.forEach(call -> call.abandon(RedisErrors.linkLost()));
    }

    /** Closes the connection. Waiting commands fail, and commands under way end with the connection. */
    CompletableFuture<@Nullable Void> close() {
        CompletableFuture<@Nullable Void> closing = opened.close();
        onEvent(() -> holds.releaseAll().forEach(call -> failWaiting(call, LazyConnection.closed())));
        return closing;
    }
}
