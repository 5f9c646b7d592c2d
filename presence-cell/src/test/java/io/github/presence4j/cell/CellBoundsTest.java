package io.github.presence4j.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of what a cell keeps, and of what one step returns (B2 to B4). */
class CellBoundsTest {
    private static final long TTL = 60_000;
    private static final String DATA = "x".repeat(4000);
    private static final int PAGE_BYTES = 1 << 20;

    private final CellState cell = new CellState(new Capacity(Long.MAX_VALUE), TTL, 7);

    private void touch(long now, Touch touch) {
        cell.touch(List.of(touch), TTL, now);
    }

    private void join(int from, int to) {
        cell.touch(IntStream.range(from, to).mapToObj(i -> Touch.of("m" + i)).toList(), TTL, 0);
    }

    private void leave(int from, int to) {
        cell.leave(
                IntStream.range(from, to)
                        .mapToObj(i -> new Leave("m" + i, null))
                        .toList(),
                0);
    }

    private List<MemberPage> pages(int limit) {
        List<MemberPage> pages = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            MemberPage page = cell.look(0, null).page(cursor, limit);
            pages.add(page);
            cursor = page.next();
        } while (cursor != null);
        return pages;
    }

    private static List<String> ids(List<MemberPage> pages) {
        return pages.stream()
                .flatMap(page -> page.members().stream())
                .map(Member::id)
                .toList();
    }

    @Test
    void b2_aPageEndsAtItsBytesAndGoesOnWithTheRest() {
        for (int i = 0; i < 300; i++) {
            touch(0, Touch.of("m" + i).withData(DATA));
        }
        List<MemberPage> pages = pages(1000);
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0).members().size() * 4003L).isLessThanOrEqualTo(PAGE_BYTES);
        assertThat(ids(pages)).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void b2_aPageHasAtLeastOneMemberHoweverLargeItIs() {
        for (int i = 0; i < 400; i++) {
            touch(0, Touch.of("large", "tab " + i).withData(DATA));
        }
        touch(0, Touch.of("small"));
        assertThat(pages(1000)).extracting(page -> page.members().size()).containsExactly(1, 1);
    }

    @Test
    void b3_theLogIsBoundedByItsBytes() {
        Changes start = cell.changesSince(null, 1, 0);
        touch(0, Touch.of("ana"));
        Changes joined = cell.changesSince(start.cursor(), 1, 0);
        for (int i = 0; i < 200; i++) {
            touch(0, Touch.of("ana").withData(i + DATA));
        }
        assertThat(cell.changesSince(joined.cursor(), 1, 0).gap()).as("0.8 MB").isFalse();
        for (int i = 0; i < 100; i++) {
            touch(0, Touch.of("ana").withData(DATA + i));
        }
        assertThat(cell.changesSince(joined.cursor(), 1, 0).gap()).as("1.2 MB").isTrue();
    }

    @Test
    void b3_anyTrafficFreesTheLogOnceNobodyWatches() {
        cell.changesSince(null, 1, 0);
        touch(0, Touch.of("ana"));
        touch(Limits.WATCHED_MILLIS - 1, Touch.of("ana"));
        assertThat(cell.isWatched()).isTrue();
        touch(Limits.WATCHED_MILLIS, Touch.of("ana"));
        assertThat(cell.isWatched()).as("after a heartbeat").isFalse();
        cell.changesSince(null, 1, Limits.WATCHED_MILLIS);
        cell.leave(List.of(new Leave("bo", null)), 2 * Limits.WATCHED_MILLIS);
        assertThat(cell.isWatched()).as("after a leave").isFalse();
    }

    @Test
    void b4_departuresAreForgottenByAnyTraffic() {
        for (int i = 0; i < 10_000; i++) {
            cell.leave(List.of(new Leave("user-" + i, "tab-" + i)), i / 100);
        }
        assertThat(cell.departures()).isEqualTo(10_000);
        touch(TTL + 200, Touch.of("ana"));
        assertThat(cell.departures()).as("after one heartbeat").isZero();
    }

    @Test
    void b4_departuresOfABusyTopicAreThoseOfLittleMoreThanATtl() throws IOException {
        for (int second = 0; second < 300; second++) {
            for (int i = 0; i < 10; i++) {
                cell.leave(List.of(new Leave("user", second + "-" + i)), second * 1000L);
            }
        }
        assertThat(cell.departures()).isBetween(600, 780);
        cell.touch(List.of(Touch.of("user", "240-0"), Touch.of("user", "238-0")), TTL, 299_500);
        assertThat(Objects.requireNonNull(
                                cell.look(299_500, null).live(List.of("user")).get("user"))
                        .sessions())
                .extracting(session -> session.id())
                .as("S5 to the millisecond")
                .containsExactly("238-0");
    }

    @Test
    void b4_aStoreWithABoundRemembersNoMoreDeparturesThanMembers() {
        CellState small = new CellState(new Capacity(2), TTL, 7);
        for (int i = 0; i < 5; i++) {
            small.leave(List.of(new Leave("ana", "tab-" + i)), i);
        }
        assertThat(small.departures()).isEqualTo(2);
        assertThat(small.touch(List.of(Touch.of("ana", "tab-4")), TTL, 5).joined())
                .as("the newest is remembered")
                .isEmpty();
        assertThat(small.touch(List.of(Touch.of("bo"), Touch.of("cy")), TTL, 5).joined())
                .as("members have their own room")
                .hasSize(2);
        small.reset(8, 6);
        assertThat(small.departures()).isZero();
    }

    @Test
    void r2_whatRemainsOfALargeTopicIsOnePage() {
        join(0, 50_000);
        leave(0, 49_999);
        assertThat(pages(1000)).hasSize(1);
        assertThat(cell.look(0, null).names(null, 1000).next()).isNull();
        join(0, 10);
        assertThat(ids(pages(1000))).hasSize(11).contains("m49999");
    }

    @Test
    void r2_whatRemainsHereAndThereIsListedInFewPages() {
        join(0, 50_000);
        for (int i = 0; i < 50_000; i++) {
            if (i % 1000 != 0) {
                leave(i, i + 1);
            }
        }
        assertThat(pages(1000)).hasSize(1);
        NamePage names = cell.look(0, null).names(null, 30);
        NamePage rest = cell.look(0, null).names(names.next(), 30);
        assertThat(names.names()).hasSize(30);
        assertThat(rest.names()).hasSize(20);
        assertThat(rest.next()).isNull();
    }

    /** Slots are freed and reused during a listing. Members that stay are listed once, whatever their slot. */
    @Test
    void r2_aListingSurvivesThatTheTopicShrinksAndGrowsUnderIt() {
        join(0, 10_000);
        MemberPage first = cell.look(0, null).page(null, 2_000);
        leave(0, 1_000);
        leave(3_000, 10_000);
        MemberPage second = cell.look(0, null).page(first.next(), 500);
        join(10_000, 20_000);
        MemberPage third = cell.look(0, null).page(second.next(), 10_000);
        List<String> listed = ids(List.of(first, second, third));
        assertThat(listed)
                .doesNotHaveDuplicates()
                .containsAll(
                        IntStream.range(1_000, 3_000).mapToObj(i -> "m" + i).toList());
        assertThat(third.next()).isNull();
        leave(10_000, 20_000);
        assertThat(cell.look(0, null).page("9000", 10)).as("behind the end").isEqualTo(new MemberPage(List.of(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "", " ", "1 ", "+1", "1.0", "0x1", "99999999999", "2147483647", "٣", "birth"})
    void e1_aCursorThatNoPageGaveIsRefused(String cursor) {
        assertThatThrownBy(() -> SlotCursor.pageSlot(cursor))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(NumberFormatException.class)
                .hasMessageContaining("cursor");
        assertThatThrownBy(() -> cell.look(0, null).page(cursor, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cell.look(0, null).names(cursor, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> SlotCursor.parse(cursor + " 5 x")).isInstanceOf(IllegalArgumentException.class);
    }

    /** A cell written by a member of a cluster that is upgraded later than this one. */
    @Test
    void w2_aCellOfTheFirstVersionIsRead() throws IOException {
        String first = "AQAAAAAAAAPoAAAAAAAAAAcAAAAAAAAABAAKBhQBVy/tAAAAAAAAAAcAAAAAAAAABAAAAAAAAV+QAAAAAAAAAAQAAAAE"
                + "AAAAAAAAAAEAAAAAAAAAAGoAAAAAAAAABwAAAAAAAAABAARnb25lAAAAAAAAAAAAAAAAAAIAAAAAADCB1WoAAAAAAAAABwAAAAAA"
                + "AAACAANhbmEAAAAAAAAAAAAAAAAAAwAAAAC2GNufagAAAAAAAAAHAAAAAAAAAAMAAmJvAQADdGFiAQAEaGVyZQAAAAAAAAAEAAAC"
                + "q5NQfWJsAAAAAAAAAAcAAAAAAAAABAAEZ29uZQAAAAEAAmJvAANvbGQAAAAAAAAAFAAAAAMAAAABAAAAAAAAAAEAA2FuYQAAAAAA"
                + "AAAKAAAAAAAAAAoAAAAAAgACYm8AAAAAAAAACgAAAAAAAAAKAQAAAAEAA3RhYgAAAAAAAAAKAQAEaGVyZQ==";
        CellState read = CellState.read(
                new Capacity(Long.MAX_VALUE),
                new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(first))));
        assertThat(read.look(20, null).page(null, 10).members())
                .extracting(Member::id)
                .containsExactly("ana", "bo");
        assertThat(read.departures()).isOne();
        assertThat(read.changesSince("7:4:2821432758710253", 1, 20).gap()).isFalse();
        read.touch(List.of(Touch.of("cy")), 1000, 21);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        read.write(new DataOutputStream(bytes));
        CellState copy = CellState.read(
                new Capacity(Long.MAX_VALUE), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(copy.look(21, null).count()).isEqualTo(3);
    }

    @Test
    void b6_aSweepCountsTheSessionsOfTheMembersThatItExamines() {
        for (int i = 0; i < 300; i++) {
            touch(0, Touch.of("m" + i % 3, "tab" + i));
        }
        assertThat(cell.tend(TTL + 1)).isTrue();
        assertThat(cell.size()).isEqualTo(2);
        assertThat(cell.reclaim(TTL + 1, 101)).isTrue();
        assertThat(cell.size()).isZero();
    }
}
