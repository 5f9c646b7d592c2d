package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A user of Redis who may see no keys and channels but those of one namespace (G4). */
class NamespaceRightsTest {
    private static final List<String> ODD_NAMES =
            List.of("room", "a:b", "{braces}", "per%cent", "star*?[x]", "\u0000 \uD83D\uDE00");

    @Test
    void g4_aUserWithRightsToOneNamespaceUsesItAndNoOther() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find())) {
            server.command(Stream.concat(
                            Stream.of(
                                    "ACL",
                                    "SETUSER",
                                    "app",
                                    "on",
                                    ">secret",
                                    "resetchannels",
                                    "~presence:*",
                                    "&presence:*"),
                            RedisTlsTest.COMMANDS.stream())
                    .toArray(String[]::new));
            String uri = "redis://app:secret@127.0.0.1:" + server.port();
            try (RedisStore store = RedisStore.builder().uri(uri).topicShards(3).build();
                    Presence own = Presence.using(store, PresenceConfig.defaults());
                    Presence foreign = Presence.using(
                            store,
                            PresenceConfig.builder().namespace("presence2").build())) {
                ODD_NAMES.forEach(name -> use(own.topic(name)));
                assertThatThrownBy(() -> foreign.topic("room").touch("ana"))
                        .isInstanceOf(PresenceException.class)
                        .hasMessageNotContaining("secret");
            }
        }
    }

    private static void use(PresenceTopic topic) {
        assertThat(topic.touch("ana", "tab", "data")).isTrue();
        assertThat(topic.list()).containsExactly("ana");
        topic.reset();
        assertThat(topic.count()).isZero();
    }
}
