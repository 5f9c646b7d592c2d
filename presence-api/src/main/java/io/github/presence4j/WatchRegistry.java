package io.github.presence4j;

import io.github.presence4j.spi.QuotedText;
import io.github.presence4j.spi.Topic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The watch loops of one process: one per watched topic, from the first listener to the last. */
final class WatchRegistry {
    private final WatchSettings settings;
    private final int eventQueue;
    private final Executor listenerThreads;
    private final Map<Topic, Shared> loops = new ConcurrentHashMap<>();

    private record Shared(TopicWatch loop, int listeners) {}

    WatchRegistry(PresenceConfig config, ScheduledExecutorService timer, Executor listenerThreads) {
        this(
                new WatchSettings(
                        config.sweepInterval(), config.timeout().toMillis(), timer, new PollSlots(), new OutageLog()),
                config.eventQueue(),
                listenerThreads);
    }

    WatchRegistry(WatchSettings settings, int eventQueue, Executor listenerThreads) {
        this.settings = settings;
        this.eventQueue = eventQueue;
        this.listenerThreads = listenerThreads;
    }

    Subscription watch(TopicCalls calls, Consumer<? super PresenceEvent> consumer) {
        Topic topic = calls.topic();
        String name = topic.name();
        SerialExecutor thread = new SerialExecutor(
                listenerThreads, settings.timer(), "a presence listener for topic " + QuotedText.of(name));
        ListenerQueue listener = new ListenerQueue(name, consumer, eventQueue, thread);
        loops.compute(topic, (key, shared) -> {
            TopicWatch loop = shared == null ? new TopicWatch(calls, settings) : shared.loop();
            loop.add(listener);
            return new Shared(loop, shared == null ? 1 : shared.listeners() + 1);
        });
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                listener.close();
                loops.computeIfPresent(topic, (key, shared) -> without(shared, listener));
            }
        };
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private static Shared without(Shared shared, ListenerQueue listener) {
        if (shared.listeners() == 1) {
            shared.loop().stop();
            return null;
        }
        shared.loop().remove(listener);
        return new Shared(shared.loop(), shared.listeners() - 1);
    }

    void close() {
        loops.values().forEach(shared -> shared.loop().stop());
        loops.clear();
    }
}
