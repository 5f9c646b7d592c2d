package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The longest command by the server's own clock, with 100,000 members. That clock runs on while the machine does something else, so
 * each call is repeated and its quickest run counts: a command that is bounded is quick at least once, and one that looks at
 * everybody never is. Exact counts are {@link BoundedWorkTest}'s.
 */
class SlowlogTest {
    private static final int MEMBERS = 100_000;
    private static final int RUNS = 10;

    /** A bounded command takes one or two; all of 100,000 members in a script take 60 and more. */
    private static final long MOST_MICROS = 25_000;

    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());
    private final RedisStore store =
            RedisStore.builder().uri(server.uri()).timeout(PATIENCE).build();
    private final Presence presence = Presence.using(
            store, PresenceConfig.builder().ttl(TTL).timeout(PATIENCE).build());
    private final PresenceTopic room = presence.topic("room");
    private final LargeTopic throng = LargeTopic.fill(server, presence, "room", MEMBERS);

    @BeforeEach
    void logEverything() {
        server.command("CONFIG", "SET", "slowlog-log-slower-than", "0");
        server.command("CONFIG", "SET", "slowlog-max-len", "1000");
    }

    @AfterEach
    void close() {
        presence.close();
        throng.close();
        store.close();
        server.close();
    }

    private void isQuick(String what, Runnable call) {
        long quickest =
                IntStream.range(0, RUNS).mapToLong(run -> longest(call)).min().orElseThrow();
        assertThat(quickest)
                .as("microseconds of the longest command of " + what)
                .isLessThan(MOST_MICROS);
    }

    private long longest(Runnable call) {
        server.command("SLOWLOG", "RESET");
        call.run();
        return throng.redis().slowlogGet(1000).stream()
                .map(entry -> (Long) ((List<?>) entry).get(2))
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
    }

    @Test
    void r3_noCommandIsLongAmongAHundredThousand() {
        List<String> some = LargeTopic.names("m", 4096);
        isQuick("touchAll", () -> room.touchAll(some));
        isQuick("liveAmong", () -> room.liveAmong(some));
        isQuick("count", room::count);
        isQuick("page", () -> room.page(null, 1000));
        isQuick("list", room::list);
        int[] newcomers = {0};
        isQuick("joining", () -> room.touchAll(LargeTopic.names("n" + newcomers[0]++ + "-", 4096)));
        throng.elapse(TTL.multipliedBy(2));
        isQuick(
                "timing out",
                () -> store.topic(throng.topic(TTL))
                        .changesSince(null)
                        .toCompletableFuture()
                        .join());
        isQuick("sweeping", () -> room.touchAll(some.subList(0, 64)));
    }
}
