package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Two applications that are all the servers there are: the members of a Hazelcast cluster of their own. */
class TwoNavbarsTest {
    private final int port = freePort();
    private final String[] settings = {
        "presence.backend=hazelcast",
        "presence.hazelcast.cluster-name=navbar " + port,
        "presence.hazelcast.port=" + port,
        "presence.hazelcast.members=127.0.0.1:" + port,
        "presence.ttl=1m"
    };

    @Test
    void a_join_on_one_is_seen_on_the_other_and_one_may_be_killed() throws Exception {
        try (RunningNavbar navbar = RunningNavbar.with(settings);
                NavbarProcess other = NavbarProcess.with(settings);
                EventListening events = navbar.events()) {
            events.next("snapshot");
            other.post("/api/heartbeat?user=ana&session=tab-1");
            assertThat(events.next("joined").data()).contains("\"member\":\"ana\"");
            navbar.post("/api/heartbeat?user=bo");
            assertThat(events.next("joined").data()).contains("\"member\":\"bo\"");
            assertThat(other.get("/api/live")).isEqualTo("[\"ana\",\"bo\"]");

            other.kill();
            assertThat(navbar.get("/api/live").body()).isEqualTo("[\"ana\",\"bo\"]");
            navbar.post("/api/heartbeat?user=cy");
            assertThat(events.next("joined").data()).contains("\"member\":\"cy\"");
            assertThat(navbar.get("/api/live").body()).isEqualTo("[\"ana\",\"bo\",\"cy\"]");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
