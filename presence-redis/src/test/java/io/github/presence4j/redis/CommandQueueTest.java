package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.testkit.fault.Eventually;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.AsyncCloseable;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order in which the queue sends, and the commands that it does not send. The test gives the answers. */
class CommandQueueTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final int THREADS = 4;
    private static final int EACH = 15_000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
        threads.shutdownNow();
    }

    /** Sends on a connection that is open. */
    private CommandQueue<AsyncCloseable> queue(Duration timeout) {
        return queue(timeout, new LazyConnection<>(CommandQueueTest::connection, Runnable::run));
    }

    private static CompletableFuture<AsyncCloseable> connection() {
        return CompletableFuture.completedFuture(() -> CompletableFuture.completedFuture(null));
    }

    private CommandQueue<AsyncCloseable> queue(Duration timeout, LazyConnection<AsyncCloseable> opened) {
        return new CommandQueue<>(opened, commands(), CommandRouting.single(), timer, timeout);
    }

    /** Not called by any test. */
    @SuppressWarnings("unchecked")
    private static Function<AsyncCloseable, RedisClusterAsyncCommands<String, String>> commands() {
        Object none = Proxy.newProxyInstance(
                CommandQueueTest.class.getClassLoader(),
                new Class<?>[] {RedisClusterAsyncCommands.class},
                (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return connection -> (RedisClusterAsyncCommands<String, String>) none;
    }

    /** Keeps the timer busy until the latch is released: until then only the calling thread sends. */
    private CountDownLatch blockTimer() {
        CountDownLatch release = new CountDownLatch(1);
        timer.submit(() -> {
            release.await();
            return null;
        });
        return release;
    }

    private QueuedCommand.Sender<String> recorded(String name, CompletableFuture<String> answer) {
        return (redis, node) -> {
            sent.add(name);
            return answer;
        };
    }

    /** A client may take seconds to begin, for example to load its classes. */
    @Test
    void e3_aCallerIsNotHeldUpByAConnectionThatIsSlowToBegin() {
        CompletableFuture<Void> begins = new CompletableFuture<>();
        LazyConnection<AsyncCloseable> slow = new LazyConnection<>(
                () -> {
                    begins.join();
                    return connection();
                },
                threads);
        CompletableFuture<String> call =
                queue(PATIENT, slow).call("a", recorded("first", CompletableFuture.completedFuture("answer")));
        assertThat(sent).isEmpty();
        begins.complete(null);
        assertThat(call).succeedsWithin(PATIENT).isEqualTo("answer");
    }

    @Test
    void b7_whatIsOverTheBoundWaitsAndIsSentInItsOrder() {
        blockTimer();
        CommandQueue<AsyncCloseable> queue = queue(PATIENT);
        List<CompletableFuture<String>> underWay = new ArrayList<>();
        for (int i = 0; i < CommandQueue.MAX_UNDER_WAY; i++) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            underWay.add(answer);
            queue.call("a", (redis, node) -> answer);
        }
        queue.call("a", recorded("first", new CompletableFuture<>()));
        CompletableFuture<String> givenUp = queue.call("a", recorded("given up", new CompletableFuture<>()));
        queue.call("b", recorded("second", new CompletableFuture<>()));
        assertThat(sent).isEmpty();
        givenUp.cancel(true);
        underWay.get(7).complete("answer");
        assertThat(sent).containsExactly("first");
        underWay.get(3).complete("answer");
        assertThat(sent).as("a call whose caller gave up is not sent").containsExactly("first", "second");
    }

    @Test
    void e2_withoutAnyAnswerTheServerIsBlamedAndNotTheBound() {
        CommandQueue<AsyncCloseable> queue = queue(Duration.ofMillis(300));
        for (int i = 0; i < CommandQueue.MAX_UNDER_WAY; i++) {
            queue.call("a", (redis, node) -> new CompletableFuture<String>());
        }
        assertThat(queue.call("a", recorded("late", new CompletableFuture<>())))
                .failsWithin(PATIENT)
                .withThrowableThat()
                .withCauseInstanceOf(PresenceUnavailableException.class)
                .withMessageContaining("does not answer");
        assertThat(sent).isEmpty();
    }

    @Test
    void o1_whatTheServerAsksToSendAgainIsNotOvertakenByTheSameTopic() {
        CountDownLatch pause = blockTimer();
        CommandQueue<AsyncCloseable> queue = queue(PATIENT);
        CompletableFuture<String> refused = CompletableFuture.failedFuture(
                new RedisCommandExecutionException("TRYAGAIN Multiple keys request during rehashing of slot"));
        CompletableFuture<String> answer = CompletableFuture.completedFuture("answer");
        CompletableFuture<String> first = queue.call("a", (redis, node) -> {
            sent.add("a1");
            return sent.size() == 1 ? refused : answer;
        });
        CompletableFuture<String> second = queue.call("a", recorded("a2", answer));
        queue.call("b", recorded("b1", answer));
        assertThat(sent).containsExactly("a1", "b1");
        pause.countDown();
        assertThat(second).succeedsWithin(PATIENT);
        assertThat(first).isCompletedWithValue("answer");
        assertThat(sent).containsExactly("a1", "b1", "a1", "a2");
    }

    /** Lettuce may refuse the first commands on a connection that it has just returned. */
    @Test
    void e2_aCommandThatIsRejectedBeforeAnyAnswerIsSentAgain() {
        CommandQueue<AsyncCloseable> queue = queue(PATIENT);
        CompletableFuture<String> rejected =
                CompletableFuture.failedFuture(new RedisException("Currently not connected. Commands are rejected."));
        CompletableFuture<String> answer = CompletableFuture.completedFuture("answer");
        assertThat(queue.call("a", (redis, node) -> {
                    sent.add("a");
                    return sent.size() == 1 ? rejected : answer;
                }))
                .succeedsWithin(PATIENT);
        assertThat(queue.call("a", recorded("when the link is lost", rejected)))
                .failsWithin(PATIENT)
                .withThrowableThat()
                .withCauseInstanceOf(RedisException.class);
    }

    @Test
    void o1_eachThreadsCallsAreSentInTheirOrder() {
        CommandQueue<AsyncCloseable> queue = queue(PATIENT);
        List<Queue<Integer>> sentBy = IntStream.range(0, THREADS)
                .<Queue<Integer>>mapToObj(i -> new ConcurrentLinkedQueue<>())
                .toList();
        Queue<CompletableFuture<String>> unanswered = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> senders = sentBy.stream()
                .map(numbers -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, EACH)
                                .forEach(i -> queue.call("key " + i % 10, (redis, node) -> {
                                    numbers.add(i);
                                    CompletableFuture<String> answer = new CompletableFuture<>();
                                    unanswered.add(answer);
                                    return answer;
                                })),
                        threads))
                .toList();
        Eventually.await("all are sent", () -> {
            for (CompletableFuture<String> answer = unanswered.poll(); answer != null; answer = unanswered.poll()) {
                answer.complete("answer");
            }
            return sentBy.stream().allMatch(numbers -> numbers.size() == EACH);
        });
        assertThat(senders).allSatisfy(sender -> assertThat(sender).succeedsWithin(PATIENT));
        assertThat(sentBy)
                .allSatisfy(numbers -> assertThat(numbers)
                        .containsExactlyElementsOf(
                                IntStream.range(0, EACH).boxed().toList()));
    }
}
