package io.github.presence4j.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JdbcStoreProviderTest {
    /** The first call of a JVM also loads the database. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private static PresenceConfig.Builder config() {
        return PresenceConfig.builder().backend("jdbc").timeout(TIMEOUT);
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

    @Test
    void e7_aUrlThatNoDriverTakesIsNamedAndNotShown() {
        assertThatThrownBy(() -> Presence.open(
                        config().property("jdbc.url", "jdbc:none:secret").build()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("jdbc.url")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void e7_aWrongPasswordIsNoOutage() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Connection first = DriverManager.getConnection(url, "ana", "right");
                Presence presence = Presence.open(config().property("jdbc.url", url)
                        .property("jdbc.user", "ana")
                        .property("jdbc.password", "wrong")
                        .build())) {
            assertThat(first.isValid(1)).isTrue();
            assertThatThrownBy(() -> presence.topic("room").touch("ana"))
                    .isInstanceOf(PresenceException.class)
                    .isNotInstanceOf(PresenceUnavailableException.class)
                    .rootCause()
                    .hasMessageContaining("password");
        }
    }
}
