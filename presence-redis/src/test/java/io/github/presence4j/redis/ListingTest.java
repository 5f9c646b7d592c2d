package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A listing so long that most of it is read by plain ranges, beside scripts. */
class ListingTest {
    private static final int MEMBERS = 20_000;
    private static final int LISTINGS = 40;

    @Test
    void r2_aLongListingMissesAndRepeatsNobodyWhileManyAreSeen() {
        Duration timeout = Duration.ofMinutes(1);
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                RedisStore store =
                        RedisStore.builder().uri(server.uri()).timeout(timeout).build();
                Presence presence = Presence.using(
                        store,
                        PresenceConfig.builder()
                                .ttl(Duration.ofHours(1))
                                .timeout(timeout)
                                .build());
                LargeTopic throng = LargeTopic.fill(server, presence, "full", MEMBERS)) {
            PresenceTopic topic = presence.topic(throng.id().name());
            AtomicBoolean listed = new AtomicBoolean();
            CompletableFuture<Integer> beats = CompletableFuture.supplyAsync(() -> moveUntil(listed, topic));
            try {
                for (int i = 0; i < LISTINGS; i++) {
                    assertThat(topic.list()).hasSize(MEMBERS).doesNotHaveDuplicates();
                }
            } finally {
                listed.set(true);
            }
            assertThat(beats.join()).as("they moved meanwhile").isGreaterThan(LISTINGS);
        }
    }

    /** How many times some were seen, and so moved to the end. */
    private static int moveUntil(AtomicBoolean listed, PresenceTopic topic) {
        Random random = new Random(7);
        List<String> members = LargeTopic.names("m", MEMBERS);
        int moves = 0;
        while (!listed.get()) {
            int from = random.nextInt(MEMBERS - 100);
            topic.touchAll(members.subList(from, from + 100));
            moves++;
        }
        return moves;
    }
}
