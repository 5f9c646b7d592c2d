package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.CommandMonitor;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.lettuce.core.Range;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No command makes the server look at more than a bounded number of elements, in a topic of many (R3). Counted, not timed: see
 * {@link CommandCost}.
 */
class BoundedWorkTest {
    private static final int MEMBERS = 50_000;

    /** What a command may look at, all that a script does together. */
    private static final long MAX_ELEMENTS = 3_000;

    /** A listing reads so many names between two scripts, after a first that names nobody and before a last. */
    private static final int NAMES_BETWEEN_SCRIPTS = 64_000;

    private static final Duration TTL = Duration.ofHours(1);

    private static RedisProcess server;
    private static LargeTopic throng;
    private static RedisStore store;
    private static Presence presence;

    @BeforeAll
    static void start() {
        server = RedisProcess.start(RedisBinary.find());
        store = RedisStore.builder()
                .uri(server.uri())
                .timeout(Duration.ofMinutes(1))
                .build();
        presence = Presence.using(
                store,
                PresenceConfig.builder().ttl(TTL).timeout(Duration.ofMinutes(1)).build());
        throng = LargeTopic.fill(server, presence, "full", MEMBERS);
        full().isLive("m1");
    }

    @AfterAll
    static void stop() {
        throng.close();
        presence.close();
        store.close();
        server.close();
    }

    private static List<CommandMonitor.Call> bounded(Runnable work) {
        try (CommandMonitor monitor = CommandMonitor.of(server)) {
            work.run();
            List<CommandMonitor.Call> calls = monitor.calls();
            assertThat(calls).isNotEmpty();
            calls.forEach(call -> assertThat(looksAt(call))
                    .as(() -> "elements that were looked at by " + call)
                    .isLessThanOrEqualTo(MAX_ELEMENTS));
            return calls;
        }
    }

    /** A listing asks for ranges between times that a script chose: they hold what they hold. */
    private static long looksAt(CommandMonitor.Call call) {
        List<String> words = call.words();
        return call.name().equals("zrangebyscore")
                ? throng.redis().zcount(words.get(1), range(words.get(2), words.get(3)))
                : CommandCost.of(call);
    }

    private static Range<Double> range(String from, String to) {
        return Range.from(boundary(from), boundary(to));
    }

    private static Range.Boundary<Double> boundary(String text) {
        return text.startsWith("(")
                ? Range.Boundary.excluding(Double.valueOf(text.substring(1)))
                : Range.Boundary.including(Double.valueOf(text));
    }

    private static PresenceTopic full() {
        return presence.topic("full");
    }

    @Test
    void r3_heartbeatsAreBounded() {
        bounded(() -> full().touch("m1"));
        bounded(() -> full().touch("m1", "tab", "data"));
        assertThat(bounded(() -> full().touchAll(LargeTopic.names("m", 4096)))).hasSize(16);
    }

    @Test
    void r3_joinsAndLeavesAreBounded() {
        List<String> newcomers = LargeTopic.names("new", 4096);
        assertThat(bounded(() -> full().touchAll(newcomers))).hasSize(16);
        bounded(() -> newcomers.subList(0, 100).forEach(full()::leave));
    }

    @Test
    void r3_questionsAreBounded() {
        assertThat(bounded(() -> full().liveAmong(LargeTopic.names("m", 4096)))).hasSize(16);
        bounded(() -> full().isLive("m1"));
        bounded(() -> full().lastSeen("m1"));
        bounded(() -> full().within(Duration.ofMinutes(1)).count());
        bounded(() -> full().count());
    }

    @Test
    void r3_pagesAreBounded() {
        bounded(() -> full().page(null, 1000));
        bounded(() -> full().page(null, 10_000));
    }

    @Test
    void r3_aListIsFewScriptsAndBoundedCommands() {
        List<CommandMonitor.Call> commands =
                bounded(() -> assertThat(full().list()).hasSizeGreaterThanOrEqualTo(MEMBERS));
        long scripts =
                commands.stream().filter(call -> call.name().equals("evalsha")).count();
        assertThat(scripts).isLessThanOrEqualTo(3 + MEMBERS / NAMES_BETWEEN_SCRIPTS);
    }

    @Test
    void r3_watchingIsBounded() {
        Topic topic = new Topic(new TopicId("presence", "full"), TTL, null);
        bounded(() ->
                store.topic(topic).changesSince(null).toCompletableFuture().join());
    }

    /** Last seen so long ago that all are to be timed out, by whoever comes first. */
    @Test
    void r3_whenEverybodyLapsedIsBounded() {
        try (LargeTopic lapsed = LargeTopic.fill(server, presence, "lapsed", MEMBERS)) {
            lapsed.elapse(TTL.multipliedBy(2));
            PresenceTopic topic = presence.topic("lapsed");
            bounded(() -> assertThat(topic.touch("m1")).isTrue());
            bounded(() -> topic.count());
            bounded(() -> topic.leave("m2"));
            bounded(() -> store.topic(lapsed.topic(TTL))
                    .changesSince(null)
                    .toCompletableFuture()
                    .join());
            bounded(() -> topic.touchAll(LargeTopic.names("m", 256)));
            bounded(() -> presence.topic("lapsed", TTL.plusHours(9)).touch("m1"));
        }
    }

    @Test
    void r3_resetIsBounded() {
        try (LargeTopic left = LargeTopic.fill(server, presence, "left", MEMBERS)) {
            PresenceTopic topic = presence.topic(left.id().name());
            bounded(topic::reset);
            assertThat(topic.count()).isZero();
        }
    }
}
