package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.redis.server.SentinelSet;
import io.lettuce.core.ReadFrom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Listings and counts may be answered by replicas (R1); whoever asks for it gives up R4 for them, and for nothing else. */
class ReplicaReadsTest {
    private static final int MEMBERS = 100;
    private static final int READS = 50;

    @Test
    void r1_listingsAreAnsweredByTheReplicaAndTheRestByTheMaster() {
        try (SentinelSet sentinels = SentinelSet.start(RedisBinary.find());
                RedisStore store = RedisStore.builder()
                        .uri(sentinels.uri())
                        .readFrom(ReadFrom.REPLICA)
                        .build();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            PresenceTopic topic = presence.topic("room");
            topic.touchAll(names());
            sentinels.master().command("WAIT", "1", "2000");
            topic.list();
            long before = scripts(sentinels.replica());
            for (int i = 0; i < READS; i++) {
                assertThat(topic.list()).hasSize(MEMBERS);
                assertThat(topic.count()).isEqualTo(MEMBERS);
            }
            long listed = scripts(sentinels.replica());
            assertThat(listed - before).as("listings and counts").isGreaterThanOrEqualTo(2 * READS);
            for (int i = 0; i < READS; i++) {
                assertThat(topic.touch("new " + i)).isTrue();
                assertThat(topic.isLive("new " + i)).as("R4").isTrue();
            }
            assertThat(scripts(sentinels.replica()) - listed).as("isLive").isZero();
        }
    }

    private static List<String> names() {
        return IntStream.range(0, MEMBERS).mapToObj(i -> "m" + i).toList();
    }

    /** How many scripts this server has run. */
    private static long scripts(RedisProcess server) {
        return server.command("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }
}
