package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    private static RunningNavbar navbar;

    @BeforeAll
    static void start() {
        navbar = RunningNavbar.with("presence.ttl=1m");
    }

    @AfterAll
    static void stop() {
        navbar.close();
    }

    @BeforeEach
    void empty() {
        assertThat(navbar.post("/api/reset").body()).isEqualTo("{\"reset\":true}");
    }

    @Test
    void only_the_first_heartbeat_joins() {
        assertThat(navbar.post("/api/heartbeat?user=ana").body()).isEqualTo("{\"joined\":true}");
        assertThat(navbar.post("/api/heartbeat?user=ana").body()).isEqualTo("{\"joined\":false}");
        assertThat(navbar.post("/api/heartbeat?user=ana&session=tab-1").body()).isEqualTo("{\"joined\":false}");
    }

    @Test
    void the_list_is_sorted_and_counted() {
        assertThat(navbar.get("/api/live").body()).isEqualTo("[]");
        navbar.post("/api/heartbeat?user=bo");
        navbar.post("/api/heartbeat?user=ana");
        assertThat(navbar.get("/api/live").body()).isEqualTo("[\"ana\",\"bo\"]");
        assertThat(navbar.get("/api/count").body()).isEqualTo("{\"count\":2}");
    }

    @Test
    void a_user_is_there_until_the_last_tab_leaves() {
        navbar.post("/api/heartbeat?user=ana&session=1");
        navbar.post("/api/heartbeat?user=ana&session=2");
        assertThat(navbar.post("/api/leave?user=ana&session=1").body()).isEqualTo("{\"left\":false}");
        assertThat(navbar.get("/api/live/ana").body()).startsWith("{\"live\":true");
        assertThat(navbar.post("/api/leave?user=ana&session=2").body()).isEqualTo("{\"left\":true}");
        assertThat(navbar.get("/api/live/ana").body()).isEqualTo("{\"live\":false}");
    }

    @Test
    void leaving_without_a_session_ends_all_tabs() {
        navbar.post("/api/heartbeat?user=ana&session=1");
        navbar.post("/api/heartbeat?user=ana&session=2");
        assertThat(navbar.post("/api/leave?user=ana").body()).isEqualTo("{\"left\":true}");
        assertThat(navbar.get("/api/live").body()).isEqualTo("[]");
    }

    @Test
    void last_seen_is_an_instant() {
        navbar.post("/api/heartbeat?user=ana");
        assertThat(navbar.get("/api/live/ana").body())
                .matches("\\{\"live\":true,\"lastSeen\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "two%20words, two words",
        "a%2Fb, a/b",
        "%F0%9F%A6%8A, 🦊",
        "x%5Cy, x\\\\y",
        "%3Cb%3E, <b>",
        "50%25, 50%",
        "a%3Bb, a;b",
        "%7Bid%7D, {id}"
    })
    void any_name_may_be_asked_about_in_the_path(String encoded, String json) {
        navbar.post("/api/heartbeat?user=" + encoded);
        assertThat(navbar.get("/api/live").body()).isEqualTo("[\"" + json + "\"]");
        assertThat(navbar.get("/api/live/" + encoded).body()).startsWith("{\"live\":true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heartbeat",
                "heartbeat?session=1",
                "heartbeat?user=",
                "heartbeat?user=ana&session=",
                "leave",
                "leave?user="
            })
    void bad_input_is_refused_in_a_sentence(String request) {
        RunningNavbar.Answer answer = navbar.post("/api/" + request);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).matches("\\{\"error\":\"[a-z]+ .*(empty|missing)\"}");
    }

    @Test
    void what_cannot_be_a_name_is_refused() {
        assertThat(navbar.post("/api/heartbeat?user=" + "x".repeat(513)).status())
                .isEqualTo(400);
        assertThat(navbar.get("/api/live/" + "x".repeat(513)).status()).isEqualTo(400);
        RunningNavbar.Answer answer = navbar.post("/api/heartbeat?user=%FF");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"the parameters are not percent-encoded UTF-8\"}");
        assertThat(navbar.get("/api/live").body()).isEqualTo("[]");
    }

    @Test
    void the_page_and_all_its_parts_are_there() {
        assertThat(navbar.get("/").body()).contains("navbar.css", "navbar.js", "favicon.svg");
        for (String part :
                new String[] {"navbar.css", "navbar.js", "session.js", "live.js", "parts.js", "favicon.svg"}) {
            assertThat(navbar.get("/" + part).status()).as(part).isEqualTo(200);
        }
        assertThat(navbar.get("/api/page").body())
                .startsWith("{\"ttl\":60000,\"heartbeat\":5000,\"colleagues\":[\"ana\"");
    }
}
