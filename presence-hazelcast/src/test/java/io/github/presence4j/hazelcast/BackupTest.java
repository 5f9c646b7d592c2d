package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup equals the owner, even if an entry had expired only on the owner. */
class BackupTest {
    private static final TopicId ROOM = new TopicId("presence", "room");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String cluster = TestCluster.anyName();
    private final int port = MemberProcess.freePort();
    private final List<HazelcastInstance> members =
            List.of(TestCluster.member(cluster, port, port), TestCluster.member(cluster, port, port));

    @AfterEach
    void end() {
        members.forEach(member -> member.getLifecycleService().terminate());
    }

    /** Removes an entry as Hazelcast does when it expires: the backups are notified later. */
    static final class Expire implements EntryProcessor<String, StoredValue, Boolean> {
        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("NullAway") // null is how an entry is removed
        public Boolean process(Map.Entry<String, StoredValue> entry) {
            entry.setValue(null);
            return true;
        }

        @Override
        public @Nullable EntryProcessor<String, StoredValue, Boolean> getBackupProcessor() {
            return null;
        }
    }

    private static HazelcastStore store(HazelcastInstance member, int shards) {
        return HazelcastStore.builder()
                .instance(member)
                .topicShards(shards)
                .timeout(TIMEOUT)
                .build();
    }

    private static Presence presence(HazelcastStore store) {
        return Presence.using(store, PresenceConfig.builder().timeout(TIMEOUT).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void g3_whatBeganAnewOnTheOwnerBeganAnewOnTheBackup(int shards) {
        EntryLocation place = shards == 1 ? EntryLocation.of(ROOM) : EntryLocation.metadata(ROOM, shards);
        HazelcastInstance first = members.get(0);
        Eventually.await("the members share the partitions", () -> BackupsComplete.among(2, first));
        boolean firstOwns = first.getCluster()
                .getLocalMember()
                .equals(first.getPartitionService().getPartition(place.key()).getOwner());
        HazelcastInstance owner = members.get(firstOwns ? 0 : 1);
        HazelcastInstance survivor = members.get(firstOwns ? 1 : 0);
        try (HazelcastStore store = store(survivor, shards);
                Presence presence = presence(store)) {
            PresenceTopic room = presence.topic("room");
            room.touchAll(List.of("old-1", "old-2"));
            IMap<String, StoredValue> map = survivor.getMap(place.map());
            map.executeOnKey(place.key(), new Expire());
            room.touchAll(List.of("a", "b", "c", "d", "e"));
            List<String> before = room.list();
            assertThat(before).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
            Eventually.await("the backups are complete", () -> BackupsComplete.among(2, survivor));
            owner.getLifecycleService().terminate();
            assertThat(room.list()).containsExactlyInAnyOrderElementsOf(before);
        }
    }
}
