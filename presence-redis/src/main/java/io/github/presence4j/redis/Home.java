package io.github.presence4j.redis;

import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a sharded topic has only once: the generation of its cells, and its TTL. A reset is a new generation, made in one
 * place at one moment (G3); the cells of the old one go by their expiry.
 *
 * <p>Every call works on the generation it believes in and asks for the true one beside that, in the same trip. If they
 * differ, it works again. So a call that meets a reset took effect wholly before it or wholly after it.
 */
final class Home {
    private static final Script TOUCH = Script.load("home_touch");
    private static final Script RESET = Script.load("home_reset");
    private static final int REMEMBERED = 10_000;

    private final Link link;
    private final Topic topic;
    private final String[] key;
    private final String channel;
    private final Map<TopicId, String> generations;

    /** The map is shared by all topics of a store; what it says is only a guess. */
    Home(Link link, Topic topic, int shards, Map<TopicId, String> generations) {
        CellKeys first = CellKeys.sharded(topic.id(), 0, shards, "");
        this.link = link;
        this.topic = topic;
        this.key = new String[] {first.home()};
        this.channel = first.channel();
        this.generations = generations;
    }

    /** The generation, and the TTL that was recorded before; none if the topic is new. */
    private record State(String generation, @Nullable String ttl) {}

    <T> CompletionStage<T> read(Function<String, CompletionStage<T>> work) {
        String guess = generations.getOrDefault(topic.id(), "");
        CompletionStage<State> state = look();
        return work.apply(guess)
                .thenCombine(state, (answer, is) -> {
                    if (is.generation().equals(guess)) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    remember(is.generation());
                    return read(work).toCompletableFuture();
                })
                .thenCompose(answer -> answer);
    }

    /** As {@link #read}, and keeps the topic for another TTL and a minute. */
    <T> CompletionStage<T> touch(
            Function<String, CompletionStage<T>> work, Function<String, CompletionStage<?>> recordTtl) {
        String guess = generations.getOrDefault(topic.id(), "");
        CompletionStage<State> state = keep("0");
        return work.apply(guess)
                .thenCombine(state, (answer, is) -> {
                    if (!is.generation().equals(guess)) {
                        remember(is.generation());
                        return touch(work, recordTtl).toCompletableFuture();
                    }
                    return millis().equals(is.ttl())
                            ? CompletableFuture.completedFuture(answer)
                            : recordTtl
                                    .apply(guess)
                                    .thenCompose(done -> keep("1"))
                                    .<T>thenApply(done -> answer)
                                    .toCompletableFuture();
                })
                .thenCompose(answer -> answer);
    }

    CompletionStage<@Nullable Void> reset() {
        String next = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return run(RESET, millis(), next, channel).thenApply(reply -> {
            remember(next);
            return null;
        });
    }

    private CompletionStage<State> look() {
        return Failures.translated(link.primary()
                .thenCompose(redis -> redis.hmget(key[0], "generation", "ttl"))
                .thenApply(fields -> new State(
                        fields.get(0).getValueOrElse(""), fields.get(1).getValueOrElse(null))));
    }

    private CompletionStage<State> keep(String record) {
        return run(TOUCH, millis(), record)
                .thenApply(reply ->
                        new State(Objects.requireNonNullElse((String) reply.get(0), ""), (String) reply.get(1)));
    }

    private CompletionStage<List<@Nullable Object>> run(Script script, String... args) {
        return Failures.translated(link.primary().thenCompose(redis -> script.run(redis, key, args)));
    }

    private String millis() {
        return Long.toString(topic.ttl().toMillis());
    }

    private void remember(String generation) {
        if (generations.size() > REMEMBERED) {
            generations.clear();
        }
        generations.put(topic.id(), generation);
    }
}
