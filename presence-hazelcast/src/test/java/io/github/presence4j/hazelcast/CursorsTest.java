package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web pages pass cursors to untrusted clients: a cursor that no page returned is refused before anything is sent. */
class CursorsTest {
    @RegisterExtension
    static final TestCluster CLUSTER = new TestCluster(() -> TestCluster.members(1));

    private static final Topic ROOM = new Topic(new TopicId("cursors", "room"), Duration.ofMinutes(5), null);

    private static HazelcastInstance member() {
        return CLUSTER.running().node();
    }

    private static HazelcastStore store(int shards) {
        return HazelcastStore.builder()
                .instance(member())
                .topicShards(shards)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "-5",
                "+5",
                " 5",
                "1e9",
                "99999999999",
                "5 5",
                "5 x 1-1",
                "-1 5 1-1",
                "\u0665",
                ".",
                "&",
                ".&.",
                "=abc&",
                "=-5&.",
                "5&5",
                "=5",
                "=%&",
                "&&&"
            })
    void e7_aCursorThatNoPageGaveIsAnIllegalArgument(String cursor) {
        for (int shards : new int[] {1, 2}) {
            try (HazelcastStore store = store(shards)) {
                assertThatThrownBy(() -> store.topic(ROOM).page(cursor, 10))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("cursor");
                assertThatThrownBy(() -> store.topic(ROOM).names(cursor, 10))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("cursor");
            }
        }
    }

    @Test
    void r2_aCursorThatAPageGaveIsTaken() {
        List<Touch> touches =
                IntStream.range(0, 300).mapToObj(i -> Touch.of("m" + i)).toList();
        for (int shards : new int[] {1, 2}) {
            try (HazelcastStore store = store(shards)) {
                store.topic(ROOM).touch(touches).toCompletableFuture().join();
                MemberPage page =
                        store.topic(ROOM).page(null, 10).toCompletableFuture().join();
                NamePage names =
                        store.topic(ROOM).names(null, 10).toCompletableFuture().join();
                assertThat(store.topic(ROOM)
                                .page(Objects.requireNonNull(page.next()), 10)
                                .toCompletableFuture()
                                .join()
                                .members())
                        .isNotEmpty();
                assertThat(store.topic(ROOM)
                                .names(Objects.requireNonNull(names.next()), 10)
                                .toCompletableFuture()
                                .join()
                                .names())
                        .isNotEmpty();
            }
        }
    }
}
