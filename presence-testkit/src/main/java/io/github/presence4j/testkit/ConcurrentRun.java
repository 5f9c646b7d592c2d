package io.github.presence4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads that begin at the same moment. */
final class ConcurrentRun {
    static final int SIZE = 8;

    private ConcurrentRun() {}

    /** Runs a task per thread and returns the answers in the order of the threads; fails if one fails. */
    static <T> List<T> run(IntFunction<Callable<T>> tasks) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(SIZE);
        try {
            CyclicBarrier start = new CyclicBarrier(SIZE);
            List<Future<T>> under = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                Callable<T> task = tasks.apply(i);
                under.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : under) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("A thread of the crowd failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
