package io.github.presence4j.redis;

import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a sharded topic has only once: the generation of its cells, and its TTL. A reset is a new generation, made in one
 * place at one moment (G3); the cells of the old one go by their expiry.
 *
 * <p>Every call works on the generation it believes in and asks for the true one beside that, in the same trip. If they
 * differ, it works again. So a call that meets a reset took effect wholly before it or wholly after it.
 */
final class Home {
    private static final Script KEEP = Script.load("home_keep");
    private static final Script RESET = Script.load("home_reset");
    private static final int REMEMBERED = 10_000;

    private final Link link;
    private final Topic topic;
    private final String[] key;
    private final String channel;
    private final Map<TopicId, Generation> generations;

    /** The map is shared by all topics of a store; what it says is only a guess. */
    Home(Link link, Topic topic, int shards, Map<TopicId, Generation> generations) {
        CellKeys first = CellKeys.sharded(topic.id(), 0, shards, "");
        this.link = link;
        this.topic = topic;
        this.key = new String[] {first.home()};
        this.channel = first.channel();
        this.generations = generations;
    }

    /** The generation, and the TTL that was recorded before; none if the topic is new. */
    private record State(Generation generation, @Nullable String ttl) {}

    <T> CompletionStage<T> read(Function<Generation, CompletionStage<T>> work) {
        return work(work, this::look, (state, answer) -> CompletableFuture.completedFuture(answer));
    }

    /** As {@link #read}, and keeps the topic for another TTL and a minute. */
    <T> CompletionStage<T> change(Function<Generation, CompletionStage<T>> work) {
        return work(work, () -> keep("0"), (state, answer) -> CompletableFuture.completedFuture(answer));
    }

    /** As {@link #change}, and records the TTL, by {@code recordTtl} in all cells, if it is another one (T5). */
    <T> CompletionStage<T> touch(
            Function<Generation, CompletionStage<T>> work, Function<Generation, CompletionStage<?>> recordTtl) {
        return work(
                work,
                () -> keep("0"),
                (state, answer) -> millis().equals(state.ttl())
                        ? CompletableFuture.completedFuture(answer)
                        : recordTtl
                                .apply(state.generation())
                                .thenCompose(done -> keep("1"))
                                .thenApply(done -> answer));
    }

    private <T> CompletionStage<T> work(
            Function<Generation, CompletionStage<T>> work,
            Supplier<CompletionStage<State>> ask,
            BiFunction<State, T, CompletionStage<T>> then) {
        Generation guess = generations.getOrDefault(topic.id(), Generation.FIRST);
        CompletionStage<State> asked = ask.get();
        return work.apply(guess)
                .thenCompose(answer -> asked.thenCompose(state -> {
                    if (state.generation().equals(guess)) {
                        return then.apply(state, answer);
                    }
                    remember(state.generation());
                    return work(work, ask, then);
                }));
    }

    /** Whoever is told of the new generation is told when it began. */
    CompletionStage<@Nullable Void> reset() {
        String next = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return run(RESET, millis(), next, channel).thenApply(reply -> null);
    }

    private CompletionStage<State> look() {
        return Failures.translated(link.primary()
                .thenCompose(redis -> redis.hmget(key[0], "generation", "ttl", "reset"))
                .thenApply(fields -> state(
                        fields.stream().map(field -> field.getValueOrElse(null)).toList())));
    }

    private CompletionStage<State> keep(String record) {
        return run(KEEP, millis(), record).thenApply(Home::state);
    }

    private static State state(List<? extends @Nullable Object> fields) {
        String id = (String) fields.get(0);
        return new State(id == null ? Generation.FIRST : new Generation(id, Replies.number(fields.get(2))), (String)
                fields.get(1));
    }

    private CompletionStage<List<@Nullable Object>> run(Script script, String... args) {
        return Failures.translated(link.primary().thenCompose(redis -> script.run(redis, key, args)));
    }

    private String millis() {
        return Long.toString(topic.ttl().toMillis());
    }

    private void remember(Generation generation) {
        if (generations.size() > REMEMBERED) {
            generations.clear();
        }
        generations.put(topic.id(), generation);
    }
}
