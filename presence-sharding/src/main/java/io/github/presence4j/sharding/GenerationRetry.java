package io.github.presence4j.sharding;

import io.github.presence4j.spi.TopicId;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs every call in the cached generation, and reads the current one in the same round trip. It retries if they differ or
 * the cells are stale. So a call during a reset takes effect wholly before it or wholly after it (G3).
 */
final class GenerationRetry {
    private final TopicId topic;
    private final TopicMetadata metadata;
    private final GenerationCache generations;

    /**
     * Work in a generation that may be outdated.
     *
     * @param <T> the answer
     */
    @FunctionalInterface
    interface Work<T> {
        /**
         * Does the work.
         *
         * @param generation the assumed generation
         * @param confirmed gives a stage that completes once the metadata has confirmed the generation after the call
         *     began. It fails with {@link StaleGenerationException} if the generation is outdated. For work that would harm
         *     a newer one
         * @return the answer
         */
        CompletionStage<T> in(Generation generation, Supplier<CompletionStage<?>> confirmed);
    }

    GenerationRetry(TopicId topic, TopicMetadata metadata, GenerationCache generations) {
        this.topic = topic;
        this.metadata = metadata;
        this.generations = generations;
    }

    /**
     * Repeats the work until the assumed generation was right. If the answer is cancelled, sends nothing more (O2).
     *
     * @param ask reads the generation from the metadata
     * @param work the work in a generation
     * @param then converts the answer from the right generation
     */
    <T, R> CompletionStage<R> until(
            Supplier<CompletionStage<TopicMetadata.State>> ask,
            Function<Generation, CompletionStage<T>> work,
            BiFunction<TopicMetadata.State, T, CompletionStage<R>> then) {
        return untilConfirmed(ask, (generation, confirmed) -> work.apply(generation), then);
    }

    /**
     * Does the same as {@link #until}, for work of which a part must wait until the generation is confirmed.
     *
     * @param ask reads the generation from the metadata
     * @param work the work in a generation
     * @param then converts the answer from the right generation
     */
    <T, R> CompletionStage<R> untilConfirmed(
            Supplier<CompletionStage<TopicMetadata.State>> ask,
            Work<T> work,
            BiFunction<TopicMetadata.State, T, CompletionStage<R>> then) {
        CompletableFuture<R> whole = new CompletableFuture<>();
        Stages.complete(whole, attempt(whole, ask, work, then));
        return whole;
    }

    private <T, R> CompletionStage<R> attempt(
            CompletableFuture<R> whole,
            Supplier<CompletionStage<TopicMetadata.State>> ask,
            Work<T> work,
            BiFunction<TopicMetadata.State, T, CompletionStage<R>> then) {
        if (whole.isDone()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        Generation guess = generations.of(topic);
        CompletionStage<TopicMetadata.State> asked = ask.get();
        CompletionStage<T> worked =
                cancelledWith(whole, work.in(guess, () -> asked.thenCompose(state -> confirmed(state, guess))));
        return worked.thenApply(Optional::of)
                .exceptionally(GenerationRetry::noneIfOver)
                .thenCompose(answer -> asked.thenCompose(state -> {
                    if (!state.generation().equals(guess)) {
                        generations.correct(topic, guess, state.generation());
                        metadata.leftBehind(guess);
                        return attempt(whole, ask, work, then);
                    }
                    return answer.isPresent()
                            ? cancelledWith(whole, then.apply(state, answer.get()))
                            : metadata.finish(guess).thenCompose(done -> attempt(whole, ask, work, then));
                }));
    }

    private static <T> CompletionStage<T> cancelledWith(CompletableFuture<?> whole, CompletionStage<T> part) {
        if (!part.toCompletableFuture().isDone()) {
            Stages.cancelWith(whole, part);
        }
        return part;
    }

    private static CompletionStage<?> confirmed(TopicMetadata.State state, Generation guess) {
        return state.generation().equals(guess)
                ? CompletableFuture.completedFuture(state)
                : CompletableFuture.failedFuture(new StaleGenerationException());
    }

    private static <T> Optional<T> noneIfOver(Throwable failure) {
        if (StaleGenerationException.is(failure)) {
            return Optional.empty();
        }
        throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
    }
}
