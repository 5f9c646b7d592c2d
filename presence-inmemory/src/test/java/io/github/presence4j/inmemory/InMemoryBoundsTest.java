package io.github.presence4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only this backend promises: a bound of members, and a clock that stands still when a test says so. */
class InMemoryBoundsTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryStore store =
            InMemoryStore.builder().ticker(nanos::get).maxMembers(2).build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().ttl(TTL).build());
    private final PresenceTopic room = presence.topic("room");

    @AfterEach
    void close() {
        presence.close();
        store.close();
    }

    private void elapse(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Test
    void t1_aMemberIsLiveAtTheVeryMillisecondOfTheTtlAndNotAtTheNext() {
        room.touch("ana");
        elapse(TTL);
        assertThat(room.isLive("ana")).isTrue();
        assertThat(room.count()).isOne();
        elapse(Duration.ofMillis(1));
        assertThat(room.isLive("ana")).isFalse();
        assertThat(room.count()).isZero();
        assertThat(room.list()).isEmpty();
    }

    @Test
    void e5_aFullStoreRefusesTheNewcomerByNameAndEvictsNobody() {
        room.touchAll(List.of("ana", "bo"));
        assertThatThrownBy(() -> presence.topic("other").touch("cy"))
                .isInstanceOf(PresenceCapacityException.class)
                .hasMessageContaining("max-members=2")
                .hasMessageContaining("cy");
        assertThat(room.touch("ana")).isFalse();
        assertThat(room.list()).containsExactlyInAnyOrder("ana", "bo");
        assertThat(presence.topic("other").list()).isEmpty();
    }

    @Test
    void e5_aBulkTouchThatIsRefusedInPartTouchesTheRest() {
        room.touch("ana");
        assertThatThrownBy(() -> room.touchAll(List.of("ana", "bo", "cy", "di")))
                .isInstanceOf(PresenceCapacityException.class)
                .hasMessageContaining("Refused: cy, di.");
        assertThat(room.list()).containsExactlyInAnyOrder("ana", "bo");
    }

    @Test
    void e5_aLeaseIsRefusedToo() {
        room.touchAll(List.of("ana", "bo"));
        assertThatThrownBy(() -> room.hold("cy")).isInstanceOf(PresenceCapacityException.class);
    }

    @Test
    void e5_whoLeftOrLapsedInAnyTopicMakesRoom() {
        room.touchAll(List.of("ana", "bo"));
        room.leave("bo");
        assertThat(presence.topic("other").touch("cy")).isTrue();
        assertThatThrownBy(() -> room.touch("di")).isInstanceOf(PresenceCapacityException.class);
        elapse(TTL.plusMillis(1));
        assertThat(presence.topic("third").touchAll(List.of("di", "ed"))).isEqualTo(Set.of("di", "ed"));
        assertThatThrownBy(() -> room.touch("fay")).isInstanceOf(PresenceCapacityException.class);
    }

    @Test
    void e5_resetAndTopicsThatGoMakeRoom() {
        room.touchAll(List.of("ana", "bo"));
        room.reset();
        assertThat(room.touchAll(List.of("cy", "di"))).hasSize(2);
        elapse(TTL.plusMinutes(1).plusSeconds(1));
        assertThat(store.occupied(new TopicId("presence", "room"))).isZero();
        assertThat(presence.topic("other").touchAll(List.of("ed", "fay"))).hasSize(2);
    }

    @Test
    void g4_twoPresencesShareTopicsOnlyIfTheyShareTheStore() {
        PresenceConfig config = PresenceConfig.builder().backend("inmemory").build();
        try (Presence one = Presence.open(config);
                Presence two = Presence.open(config);
                Presence shared = Presence.using(store, config)) {
            one.topic("room").touch("ana");
            assertThat(two.topic("room").list()).isEmpty();
            room.touch("bo");
            assertThat(shared.topic("room").list()).containsExactly("bo");
        }
    }

    @Test
    void e1_propertiesAreChecked() {
        assertThatThrownBy(() -> open("inmemory.max-member", "5"))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("inmemory.max-members");
        assertThatThrownBy(() -> open("inmemory.max-members", "many"))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("inmemory.max-members must be a number of at least 1 but was many");
        assertThatThrownBy(() -> open("inmemory.max-members", "0"))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessage("inmemory.max-members must be a number of at least 1 but was 0");
        try (Presence one = open("inmemory.maxMembers", "1")) {
            one.topic("room").touch("ana");
            assertThatThrownBy(() -> one.topic("room").touch("bo")).isInstanceOf(PresenceCapacityException.class);
        }
    }

    private static Presence open(String key, String value) {
        return Presence.open(PresenceConfig.builder()
                .backend("inmemory")
                .property(key, value)
                .build());
    }
}
