package io.github.presence4j.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JdbcStoreProviderTest {
    private static PresenceConfig.Builder config() {
        return PresenceConfig.builder().backend("jdbc");
    }

    @Test
    void aStoreIsMadeFromProperties() {
        PresenceConfig config = config().property(
                        "jdbc.url",
                        "jdbc:h2:mem:" + UUID.randomUUID()
                                + ";DB_CLOSE_DELAY=-1;INIT=RUNSCRIPT FROM 'classpath:presence-h2.sql'")
                .property("jdbc.pool-size", "2")
                .build();
        try (Presence one = Presence.open(config);
                Presence other = Presence.open(config)) {
            assertThat(one.topic("room").touch("ana")).isTrue();
            assertThat(other.topic("room").list()).containsExactly("ana");
        }
    }

    @Test
    void e7_aMissingUrlAndAWrongPoolSizeAreNamed() {
        assertThatThrownBy(() -> Presence.open(config().build()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("jdbc.url");
        assertThatThrownBy(() -> Presence.open(config().property("jdbc.url", "jdbc:h2:mem:x")
                        .property("jdbc.pool-size", "0")
                        .build()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("jdbc.pool-size");
    }
}
