package io.github.presence4j.sharding;

import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Combines the answers of calls that are made together into one. A single answer, the common case, is not copied.
 *
 * <p>Cancelling the combined answer cancels the calls. Calls that wait for others are then not made (rule O2: a call that was
 * given up stops). Thread-safe.
 */
public final class Stages {

    private Stages() {}

    /**
     * Waits for all calls.
     *
     * @param <R> the type of the answers
     * @param parts the calls under way; none for an empty list
     * @return their answers, in their order; fails if one does
     */
    public static <R> CompletionStage<List<R>> all(Collection<CompletionStage<R>> parts) {
        return joined(parts, answers -> answers);
    }

    /** Combines answers into one of the same type. A single answer is passed on as it is. */
    private static <R> CompletionStage<R> combined(Collection<CompletionStage<R>> parts, Function<List<R>, R> join) {
        return parts.size() == 1 ? parts.iterator().next() : joined(parts, join);
    }

    private static <R, A> CompletionStage<A> joined(
            Collection<? extends CompletionStage<R>> parts, Function<List<R>, A> join) {
        List<CompletableFuture<R>> calls =
                parts.stream().map(CompletionStage::toCompletableFuture).toList();
        CompletableFuture<A> answer = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        join.apply(calls.stream().map(CompletableFuture::join).toList()));
        calls.forEach(call -> cancelWith(answer, call));
        return answer;
    }

    /** Completes a future as a stage completes. */
    static <R> void complete(CompletableFuture<R> future, CompletionStage<R> stage) {
        stage.whenComplete((answer, failure) -> {
            if (failure == null) {
                future.complete(answer);
            } else {
                future.completeExceptionally(failure);
            }
        });
    }

    /**
     * Cancels a part when the whole is cancelled.
     *
     * @param whole the stage that a caller may cancel
     * @param part the stage to cancel too, if it is not complete
     */
    public static void cancelWith(CompletableFuture<?> whole, CompletionStage<?> part) {
        whole.whenComplete((answer, failure) -> {
            if (whole.isCancelled()) {
                part.toCompletableFuture().cancel(false);
            }
        });
    }

    /**
     * Makes the calls of a bulk call that is cut into parts. If an element has the same member as another one, only one part is
     * under way at a time, so that the elements take effect in their order.
     *
     * @param <T> the type of the elements
     * @param <R> the type of the answers
     * @param atOnce how many parts may be under way at a time, at least 1
     * @param size how many elements a part has at most, at least 1
     * @param all the elements, any number; an empty list makes one empty part
     * @param member returns the member of an element
     * @param call makes the call of a part
     * @return the answers, as of {@link #mapBounded}
     */
    public static <T, R> List<CompletionStage<R>> parts(
            int atOnce, int size, List<T> all, Function<T, String> member, Function<List<T>, CompletionStage<R>> call) {
        if (all.size() <= size) {
            return List.of(call.apply(all));
        }
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return mapBounded(repeatsAMember(all, member) ? 1 : atOnce, parts, call);
    }

    private static <T> boolean repeatsAMember(List<T> all, Function<T, String> member) {
        Set<String> members = new HashSet<>();
        return !all.stream().map(member).allMatch(members::add);
    }

    /**
     * Makes calls in their order, with a bounded number under way at a time.
     *
     * @param <T> the type of the arguments
     * @param <R> the type of the answers
     * @param atOnce how many calls may be under way at a time, at least 1
     * @param all the arguments, one per call
     * @param call makes one call
     * @return the answers, in the order of the calls; if one fails, the calls that wait for it fail without being made, and so
     *     does a call that is cancelled while it waits
     */
    public static <T, R> List<CompletionStage<R>> mapBounded(
            int atOnce, List<T> all, Function<? super T, CompletionStage<R>> call) {
        List<CompletionStage<R>> calls = new ArrayList<>(all.size());
        for (T each : all) {
            calls.add(
                    calls.size() < atOnce
                            ? call.apply(each)
                            : LaterCall.after(calls.get(calls.size() - atOnce), () -> call.apply(each)));
        }
        return calls;
    }

    /**
     * Waits for all calls and unites the sets that they return.
     *
     * @param <T> the type of the elements
     * @param parts the calls under way; none for no elements
     * @return all their elements; fails if one call does
     */
    public static <T> CompletionStage<Set<T>> union(Collection<CompletionStage<Set<T>>> parts) {
        return combined(parts, sets -> {
            Set<T> union = new HashSet<>();
            sets.forEach(union::addAll);
            return union;
        });
    }

    /**
     * Combines the outcomes of the parts of a bulk touch.
     *
     * @param parts the parts under way; at least one
     * @return the union of their outcomes; fails if one part fails
     */
    public static CompletionStage<TouchOutcome> touched(Collection<CompletionStage<TouchOutcome>> parts) {
        return combined(parts, TouchOutcome::union);
    }

    /**
     * Waits for all calls and merges the maps that they return.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @param parts the calls under way; none for no entries
     * @return all their entries; fails if one call does
     */
    public static <K, V> CompletionStage<Map<K, V>> merged(Collection<CompletionStage<Map<K, V>>> parts) {
        return combined(parts, maps -> {
            Map<K, V> merged = new HashMap<>();
            maps.forEach(merged::putAll);
            return merged;
        });
    }
}
