package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendSelectionTest {
    private static final PresenceStoreProvider REDIS = new Named("redis");
    private static final PresenceStoreProvider MEMORY = new Named("inmemory");

    private record Named(String name) implements PresenceStoreProvider {
        @Override
        public PresenceStore create(PresenceConfig config, BackendProperties properties) {
            throw new UnsupportedOperationException("only chosen here, never made");
        }
    }

    @Test
    void theOnlyOneNeedsNoName() {
        assertThat(BackendSelector.choose(List.of(MEMORY), Optional.empty())).isSameAs(MEMORY);
    }

    @Test
    void aNameDecidesAmongSeveral() {
        assertThat(BackendSelector.choose(List.of(MEMORY, REDIS), Optional.of("redis")))
                .isSameAs(REDIS);
    }

    @Test
    void noneIsAnErrorThatSaysWhatToAdd() {
        assertThatThrownBy(() -> Presence.open(PresenceConfig.defaults()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("presence-inmemory")
                .hasMessageContaining("presence-redis")
                .hasMessageContaining("presence-hazelcast");
    }

    @Test
    void severalAreAnErrorThatListsThemAndTheWaysToName() {
        assertThatThrownBy(() -> BackendSelector.choose(List.of(REDIS, MEMORY), Optional.empty()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("inmemory (" + Named.class.getName() + "), redis")
                .hasMessageContaining("PresenceConfig.backend")
                .hasMessageContaining("-Dpresence.backend")
                .hasMessageContaining("PRESENCE_BACKEND");
    }

    @Test
    void aNameThatIsNotThereIsAnErrorThatListsWhatIs() {
        assertThatThrownBy(() -> BackendSelector.choose(List.of(MEMORY), Optional.of("redis")))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("'redis'")
                .hasMessageContaining("Found: inmemory")
                .hasMessageContaining("presence-redis");
    }

    @Test
    void aNameThatIsThereTwiceIsAnError() {
        assertThatThrownBy(() -> BackendSelector.choose(List.of(REDIS, new Named("redis")), Optional.of("redis")))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("More than one")
                .hasMessageContaining("Remove all but one");
    }
}
