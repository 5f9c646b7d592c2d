package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

    @Test
    void a_snapshot_comes_first_and_then_every_change_in_order() throws InterruptedException {
        try (RunningNavbar navbar = RunningNavbar.with("presence.ttl=1m")) {
            navbar.post("/api/heartbeat?user=bo");
            navbar.post("/api/heartbeat?user=ana");
            try (EventListening events = navbar.events()) {
                assertThat(events.header("Content-Type")).startsWith("text/event-stream");
                assertThat(events.header("Cache-Control")).isEqualTo("no-store");
                assertThat(events.next("snapshot").data())
                        .matches(
                                "\\{\"type\":\"snapshot\",\"members\":\\[\"ana\",\"bo\"],\"position\":\"-?\\d+:\\d+\",.*}");
                navbar.post("/api/heartbeat?user=line%0Abreak");
                navbar.post("/api/leave?user=ana");
                navbar.post("/api/reset");
                EventListening.Event joined = events.next("joined");
                EventListening.Event left = events.next("left");
                assertThat(joined.data()).contains("\"type\":\"joined\"", "\"member\":\"line\\nbreak\"");
                assertThat(left.data()).contains("\"type\":\"left\"", "\"member\":\"ana\"");
                assertThat(seq(left)).isEqualTo(seq(joined) + 1);
                assertThat(events.next("reset").data())
                        .contains("\"position\":")
                        .doesNotContain("member");
            }
        }
    }

    @Test
    void who_falls_silent_times_out() throws InterruptedException {
        try (RunningNavbar navbar = RunningNavbar.with("presence.ttl=600ms", "presence.heartbeat=100ms");
                EventListening events = navbar.events()) {
            events.next("snapshot");
            navbar.post("/api/heartbeat?user=ana&session=tab-1");
            events.next("joined");
            assertThat(events.next("timedOut").data()).contains("\"type\":\"timedOut\"", "\"member\":\"ana\"");
            assertThat(navbar.get("/api/live").body()).isEqualTo("[]");
        }
    }

    @Test
    void everybody_hears_everything_in_the_same_order() throws InterruptedException {
        try (RunningNavbar navbar = RunningNavbar.with("presence.ttl=1m")) {
            try (EventListening one = navbar.events();
                    EventListening two = navbar.events()) {
                one.next("snapshot");
                two.next("snapshot");
                List<String> heardByOne = new ArrayList<>();
                List<String> heardByTwo = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    navbar.post("/api/heartbeat?user=user-" + i);
                }
                for (int i = 0; i < 100; i++) {
                    heardByOne.add(one.next("joined").data());
                    heardByTwo.add(two.next("joined").data());
                }
                assertThat(heardByTwo).isEqualTo(heardByOne);
                assertThat(heardByOne.get(99)).contains("\"user-99\"");
            }
        }
    }

    /** Also the check that a stopped server tells its listeners, for the stream ends in good order. */
    @Test
    void open_streams_do_not_delay_the_end() throws InterruptedException {
        RunningNavbar navbar = RunningNavbar.with();
        try (EventListening events = navbar.events()) {
            events.next("snapshot");
            assertThat(navbar.bean(EventStreams.class).size()).isEqualTo(1);
            assertTimeout(Duration.ofSeconds(2), navbar::close);
            events.next("end");
        }
    }

    @Test
    void a_listener_that_went_away_is_forgotten() throws InterruptedException {
        try (RunningNavbar navbar = RunningNavbar.with("navbar.badge-refresh=50ms");
                EventListening stays = navbar.events()) {
            stays.next("snapshot");
            EventListening goes = navbar.events();
            goes.next("snapshot");
            goes.other("badges");
            goes.close();
            EventStreams streams = navbar.bean(EventStreams.class);
            for (int i = 0; i < 100 && streams.size() > 1; i++) {
                stays.other("badges");
            }
            assertThat(streams.size()).isEqualTo(1);
        }
    }

    private static long seq(EventListening.Event event) {
        return Long.parseLong(event.data().replaceFirst(".*\"position\":\"-?\\d+:(\\d+)\".*", "$1"));
    }
}
