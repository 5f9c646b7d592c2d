package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Bo watches in one browser, through the event stream, what Ana does in another. */
class TabsBrowserTest {
    private RunningNavbar navbar;
    private Browser bo;
    private Browser ana;

    @BeforeEach
    void start() throws IOException {
        navbar = RunningNavbar.with("presence.ttl=2s", "presence.heartbeat=400ms", "navbar.badge-refresh=200ms");
        bo = new Browser();
        ana = new Browser();
        bo.open(navbar.at("/?user=bo"));
        ana.open(navbar.at("/?user=ana"));
        bo.await("bo sees both", () -> bo.people().equals(List.of("bo", "ana")));
    }

    @AfterEach
    void stop() throws IOException {
        ana.close();
        bo.close();
        navbar.close();
    }

    @Test
    void a_user_is_there_until_the_last_tab_is_closed() {
        ana.openTab(navbar.at("/?user=ana"));
        bo.await("two tabs", () -> bo.text("people").contains("2 tabs"));
        ana.closeTab();
        bo.await("one tab again", () -> !bo.text("people").contains("2 tabs"));
        assertThat(bo.people()).containsExactly("bo", "ana");
        ana.openTab(navbar.at("/api/page"));
        ana.driver()
                .switchTo()
                .window(ana.driver().getWindowHandles().iterator().next());
        ana.closeTab();
        bo.await("ana left", () -> !bo.feed("left", "ana").isEmpty());
        assertThat(bo.people()).containsExactly("bo");
        assertThat(bo.feed("timedOut", "ana")).isEmpty();
        assertThat(navbar.get("/api/live").body()).isEqualTo("[\"bo\"]");
    }

    @Test
    void a_killed_browser_times_out() {
        ana.kill();
        bo.await("ana timed out", () -> !bo.feed("timedOut", "ana").isEmpty());
        assertThat(bo.people()).containsExactly("bo");
        assertThat(bo.feed("left", "ana")).isEmpty();
    }

    @Test
    void a_sleeping_page_says_that_it_timed_out_and_can_wake_up() {
        ana.press("pause");
        bo.await("ana timed out", () -> !bo.feed("timedOut", "ana").isEmpty());
        ana.await("the page says so", () -> ana.text("notice").startsWith("You timed out"));
        ana.press("pause");
        bo.await("ana is back", () -> bo.people().contains("ana"));
    }

    @Test
    void who_left_comes_back_in_a_new_session() {
        ana.press("leave");
        bo.await("ana left", () -> !bo.people().contains("ana"));
        ana.press("leave");
        bo.await("ana is back at once", () -> bo.people().contains("ana"));
    }

    @Test
    void a_page_restored_by_going_back_is_live_again() {
        ana.open(navbar.at("/api/page"));
        bo.await("ana left", () -> !bo.people().contains("ana"));
        ana.driver().navigate().back();
        bo.await("ana is back at once", () -> bo.people().contains("ana"));
    }

    @Test
    void a_reset_ends_nobody_who_still_beats() {
        navbar.post("/api/reset");
        bo.await("the reset is told", () -> bo.text("feed").contains("everybody was reset"));
        bo.await("both beat on", () -> bo.people().equals(List.of("bo", "ana")));
    }

    @Test
    void a_user_ended_from_elsewhere_is_told_so() {
        navbar.post("/api/leave?user=ana");
        bo.await("ana left", () -> !bo.people().contains("ana"));
        assertThat(navbar.get("/api/live/ana").body()).isEqualTo("{\"live\":false}");
        ana.await("the page says so", () -> ana.text("notice").startsWith("You left"));
    }

    @Test
    void a_name_is_text_and_never_markup() {
        navbar.post("/api/heartbeat?user=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E");
        bo.await("the name is shown as it is", () -> bo.text("people").contains("<img src=x onerror="));
        assertThat(bo.driver().findElements(By.cssSelector("#people img, #feed img")))
                .isEmpty();
    }

    @Test
    void a_visitor_is_asked_for_a_name() {
        ana.openTab(navbar.at("/"));
        ana.driver().findElement(By.id("name")).sendKeys("Zoë & co/1");
        ana.driver().findElement(By.cssSelector("#who-form button")).click();
        bo.await("the new name is live", () -> bo.people().contains("Zoë & co/1"));
    }
}
