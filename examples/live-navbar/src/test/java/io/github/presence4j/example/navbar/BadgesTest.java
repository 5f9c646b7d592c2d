package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadgesTest {

    @Test
    void only_who_is_live_gets_a_badge() throws InterruptedException {
        try (RunningNavbar navbar = RunningNavbar.with("presence.ttl=1m", "navbar.badge-refresh=50ms");
                EventListening events = navbar.events()) {
            events.next("snapshot");
            assertThat(events.other("badges").data()).contains("\"known\":50,\"rendered\":0,\"skipped\":50");
            navbar.post("/api/heartbeat?user=ana&session=1");
            navbar.post("/api/heartbeat?user=ana&session=2");
            navbar.post("/api/heartbeat?user=a%20visitor");
            String round = events.other("badges").data();
            for (int i = 0; i < 100 && !round.contains("\"known\":51,\"rendered\":2,\"skipped\":49"); i++) {
                round = events.other("badges").data();
            }
            assertThat(round)
                    .contains("\"known\":51,\"rendered\":2,\"skipped\":49")
                    .contains("{\"user\":\"a visitor\",\"tabs\":1,", "{\"user\":\"ana\",\"tabs\":2,");
            assertThat(navbar.get("/api/badges").body()).contains("\"rendered\":2");
        }
    }
}
