package io.github.presence4j.cell.shards;

import io.github.presence4j.spi.TopicId;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every call works on the generation it believes in and asks the home for the true one beside that, in the same trip. If they
 * differ, or the cells' generation is over, it works again. So a call that meets a reset took effect wholly before it or wholly
 * after it (G3).
 */
final class Attempts {
    private final TopicId topic;
    private final Home home;
    private final Guesses guesses;

    Attempts(TopicId topic, Home home, Guesses guesses) {
        this.topic = topic;
        this.home = home;
        this.guesses = guesses;
    }

    /**
     * Until the guess was right.
     *
     * @param ask how the home is asked
     * @param work in a generation
     * @param then what is done with the answer of the right one
     */
    <T, R> CompletionStage<R> until(
            Supplier<CompletionStage<Home.State>> ask,
            Function<Generation, CompletionStage<T>> work,
            BiFunction<Home.State, T, CompletionStage<R>> then) {
        Generation guess = guesses.of(topic);
        CompletionStage<Home.State> asked = ask.get();
        return work.apply(guess)
                .thenApply(Optional::of)
                .exceptionally(Attempts::noneIfOver)
                .thenCompose(answer -> asked.thenCompose(state -> {
                    if (!state.generation().equals(guess)) {
                        guesses.remember(topic, state.generation());
                        return until(ask, work, then);
                    }
                    return answer.isPresent()
                            ? then.apply(state, answer.get())
                            : home.finish(guess).thenCompose(done -> until(ask, work, then));
                }));
    }

    private static <T> Optional<T> noneIfOver(Throwable failure) {
        if (GenerationOver.is(failure)) {
            return Optional.empty();
        }
        throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
    }
}
