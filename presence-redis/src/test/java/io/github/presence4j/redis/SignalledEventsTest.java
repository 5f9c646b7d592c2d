package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Touch;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NextChanges;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.testkit.fault.EventOrderChecker;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The signals of a topic carry its events, so that processes which watch it do not poll at each event. */
class SignalledEventsTest {
    private static final TopicId ROOM = new TopicId("presence", "room");
    /** Also enough for a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final int WATCHERS = 8;
    private static final int JOINS = 50;
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());
    private final List<RedisStore> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(RedisStore::close);
        server.close();
    }

    private PresenceTopic room() {
        RedisStore store = RedisStore.builder().uri(server.uri()).timeout(LONG).build();
        stores.add(store);
        return Presence.using(store, PresenceConfig.builder().timeout(LONG).build())
                .topic("room");
    }

    private long scripts() {
        Matcher calls = SCRIPTS.matcher(server.command("INFO", "commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** Each watch may poll a few times: its pause may end during the test, and its subscription is a signal, too. */
    @Test
    void w11_aWatchThatReceivesTheEventsDoesNotPollForThem() {
        List<EventOrderChecker> watchers = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            EventOrderChecker watcher = new EventOrderChecker();
            watchers.add(watcher);
            room().watch(watcher::see);
        }
        PresenceTopic room = room();
        room.touch("first");
        watchers.forEach(watcher ->
                Eventually.await("the watch has begun", () -> watcher.view().contains("first")));
        long before = scripts();
        for (int i = 0; i < JOINS; i++) {
            room.touch("m" + i, "tab", "{\"at\":\"Zürich \uD83D\uDE80\"}");
            room.leave("m" + i, "tab");
        }
        room.touch("last");
        watchers.forEach(
                watcher -> Eventually.await("all is seen", () -> watcher.view().contains("last")));
        assertThat(watchers).allSatisfy(watcher -> assertThat(watcher.view()).isEqualTo(Set.of("first", "last")));
        assertThat(scripts() - before).isLessThanOrEqualTo(2L * JOINS + 1 + 3 * WATCHERS);
    }

    /** All that a poll reads is in the signals, with the same positions. */
    @Test
    void w1_theEventsOfSignalsAreThoseOfAPoll() {
        room().touch("here");
        TopicStore topic = stores.get(0).topic(new Topic(ROOM, Duration.ofMinutes(5), null));
        Changes begin = topic.changesSince(null).toCompletableFuture().join();
        Signals signals = new Signals();
        stores.get(0).onChange(ROOM, signals);
        Eventually.await("signals are heard", () -> signals.plain.get() > 0);
        List<String> texts = List.of("a b", "3:x=", "Z\u00fcrich \uD83D\uDE80", "nul\0", "*2;", "{[\"\\");
        topic.touch(texts.stream().map(text -> new Touch(text, text, text)).toList())
                .toCompletableFuture()
                .join();
        topic.touch(texts.stream().map(text -> new Touch(text, null, text)).toList())
                .toCompletableFuture()
                .join();
        topic.leave(texts.stream().map(text -> new Leave(text, null)).toList())
                .toCompletableFuture()
                .join();
        Changes polled =
                topic.changesSince(begin.cursor()).toCompletableFuture().join();
        Eventually.await("the last signal arrives", () -> signals.events().size() >= 3 * texts.size());
        assertThat(signals.events()).isEqualTo(polled.events()).hasSize(3 * texts.size());
        NextChanges last = signals.next.get(signals.next.size() - 1);
        assertThat(last.changes().cursor()).isEqualTo(polled.cursor());
        assertThat(last.changes().position()).isEqualTo(polled.position());
        assertThat(signals.next.get(0).after()).isEqualTo(begin.cursor());
    }

    /** A large step, and a reset, are signals to poll. */
    @Test
    void b3_aSignalCarriesEightKibibytesAtTheMost() {
        room().touch("here");
        TopicStore topic = stores.get(0).topic(new Topic(ROOM, Duration.ofMinutes(5), null));
        topic.changesSince(null).toCompletableFuture().join();
        Signals signals = new Signals();
        stores.get(0).onChange(ROOM, signals);
        Eventually.await("signals are heard", () -> signals.plain.get() > 0);
        int before = signals.plain.get();
        String data = "x".repeat(4_000);
        topic.touch(List.of(new Touch("a", null, data), new Touch("b", null, data), new Touch("c", null, data)))
                .toCompletableFuture()
                .join();
        topic.reset().toCompletableFuture().join();
        Eventually.await("both are signalled", () -> signals.plain.get() == before + 2);
        topic.touch(List.of(new Touch("a", null, data))).toCompletableFuture().join();
        Eventually.await("a small step has its event", () -> signals.events().size() == 1);
    }

    /** Keeps what the signals of a topic bring. */
    private static final class Signals implements ChangeListener {
        final List<NextChanges> next = new CopyOnWriteArrayList<>();
        final AtomicInteger plain = new AtomicInteger();

        @Override
        public void changed() {
            plain.incrementAndGet();
        }

        @Override
        public void changed(NextChanges changes) {
            next.add(changes);
        }

        List<PresenceEvent> events() {
            return next.stream()
                    .flatMap(changes -> changes.changes().events().stream())
                    .toList();
        }
    }
}
