package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.spi.TouchOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contents of a view, and the difference between two views (W5). */
class MemberViewTest {
    private final MemberView view = new MemberView();
    private long seq;

    private Position next() {
        return new Position(1, ++seq);
    }

    private void join(String member, @Nullable String session, @Nullable String data) {
        apply(new PresenceEvent.Joined(member, session, data, next(), false));
    }

    private void update(String member, @Nullable String session, String data) {
        apply(new PresenceEvent.Updated(member, session, data, next(), false));
    }

    private void leave(String member) {
        apply(new PresenceEvent.Left(member, next(), false));
    }

    private void apply(PresenceEvent event) {
        assertThat(view.accepts(event)).isTrue();
        view.apply(event);
    }

    private static Member read(String member, String... sessions) {
        List<Session> all = List.of(sessions).stream()
                .map(session -> new Session(session, Instant.EPOCH, null))
                .toList();
        return new Member(member, Instant.EPOCH, all);
    }

    @Test
    void w5_theSessionsOfAMemberWhoStaysAreBounded() {
        join("bot", null, null);
        for (int i = 0; i < 8_000; i++) {
            update("bot", "tab " + i, "data");
        }
        assertThat(new MemberView().missing(view, next())).hasSizeLessThanOrEqualTo(TouchOutcome.MAX_SESSIONS + 1);
    }

    @Test
    void w5_aCopyDoesNotChangeWithItsOriginal() {
        join("ana", "one", "1");
        update("ana", "two", "2");
        MemberView copy = view.copy();
        update("ana", "two", "3");
        update("ana", "two", "4");
        assertThat(copy.missing(view, next()))
                .containsExactly(new PresenceEvent.Updated("ana", "two", "4", new Position(1, seq), true));
        assertThat(view.copy().missing(view, next())).isEmpty();
    }

    @Test
    void w5_whoLeftAndCameBackDidSo() {
        join("ana", null, "busy");
        MemberView told = view.copy();
        leave("ana");
        join("ana", null, null);
        assertThat(told.missing(view, next()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Left", "Joined");
    }

    @Test
    void w5_aReadThatShowsThatDataWentTellsSo() {
        join("ana", null, "busy");
        MemberView read = new MemberView();
        read.add(new Member("ana", Instant.EPOCH, List.of(new Session(null, Instant.EPOCH, null))));
        assertThat(view.missing(read, next()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Left", "Joined");
        assertThat(read.missing(view, next()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Left", "Joined");
    }

    @Test
    void w5_whoJoinedHasASessionThatIsLive() {
        join("ana", "one", "1");
        update("ana", "two", "2");
        MemberView nobody = new MemberView();
        assertThat(nobody.missing(view, next(), Map.of("ana", read("ana", "one", "three"))))
                .containsExactly(new PresenceEvent.Joined("ana", "one", "1", new Position(1, seq), true));
        assertThat(nobody.missing(view, next(), Map.of("ana", read("ana", "three"))))
                .containsExactly(new PresenceEvent.Joined("ana", "three", null, new Position(1, seq), true));
    }
}
