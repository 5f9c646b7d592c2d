package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void defaults_are_short_enough_to_watch() {
        try (RunningNavbar navbar = RunningNavbar.with()) {
            PresenceConfig config = navbar.bean(PresenceConfig.class);
            assertThat(config.ttl()).isEqualTo(Duration.ofSeconds(15));
            assertThat(config.backend()).contains("inmemory");
            assertThat(navbar.bean(Settings.class).heartbeat()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void what_belongs_to_a_backend_is_handed_over() {
        try (RunningNavbar navbar = RunningNavbar.with("presence.inmemory.maxMembers=1", "presence.ttl=7s")) {
            PresenceConfig config = navbar.bean(PresenceConfig.class);
            assertThat(config.backend()).contains("inmemory");
            assertThat(config.ttl()).isEqualTo(Duration.ofSeconds(7));
            navbar.post("/api/heartbeat?user=ana");
            assertThat(navbar.post("/api/heartbeat?user=bo").body()).contains("inmemory.max-members=1");
        }
    }

    @Test
    void a_blank_property_of_a_backend_counts_as_not_set() {
        try (RunningNavbar navbar = RunningNavbar.with("presence.inmemory.maxMembers=")) {
            assertThat(navbar.post("/api/heartbeat?user=ana").status()).isEqualTo(200);
        }
    }

    @Test
    void a_backend_that_is_not_there_ends_the_start() {
        assertThatThrownBy(() -> RunningNavbar.with("presence.backend=paper").close())
                .rootCause()
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("'paper'");
    }

    @Test
    void heartbeats_slower_than_the_ttl_end_the_start() {
        assertThatThrownBy(() -> RunningNavbar.with("presence.ttl=5s").close())
                .rootCause()
                .hasMessageContaining("presence.heartbeat must be more than 0 and less than presence.ttl");
    }
}
