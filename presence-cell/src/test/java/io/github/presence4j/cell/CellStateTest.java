package io.github.presence4j.cell;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Copies of a cell, as backups are; what the rules ask of a cell is tested by the contract of the backends that use it. */
class CellStateTest {
    private static final long TTL = 1000;
    private static final long MARK = 7;

    private static CellState cell(long mark) {
        return new CellState(new Capacity(Long.MAX_VALUE), TTL, mark);
    }

    private static CellState copy(CellState cell) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cell.write(new DataOutputStream(bytes));
        return CellState.read(
                new Capacity(Long.MAX_VALUE), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    /** One is read all the time, the other never, and a third is a copy made on the way: all tell the same history. */
    @Test
    void w2_copiesThatAreToldTheSameStayTheSame() throws IOException {
        Random random = new Random(1);
        List<CellState> copies = new ArrayList<>(List.of(cell(MARK), cell(MARK)));
        String cursor = null;
        long now = 0;
        for (int i = 0; i < 5000; i++) {
            now += random.nextInt(60);
            if (i == 2500) {
                copies.add(copy(copies.get(0)));
            }
            Object step = step(random);
            List<Object> outcomes = new ArrayList<>();
            for (CellState cell : copies) {
                outcomes.add(apply(cell, step, cursor, now));
            }
            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isEqualTo(outcomes.get(0)));
            if (outcomes.get(0) instanceof Changes changes) {
                cursor = changes.cursor();
            }
            CellState first = copies.get(0);
            first.look(now, null).count();
            first.look(now, null).page(null, 10);
        }
    }

    private static Object step(Random random) {
        String member = "m" + random.nextInt(40);
        String session = random.nextBoolean() ? null : "s" + random.nextInt(2);
        return switch (random.nextInt(10)) {
            case 0 -> new Leave(member, session);
            case 1 -> "watch";
            default -> new Touch(member, session, random.nextInt(4) == 0 ? "data" : null);
        };
    }

    private static Object apply(CellState cell, Object step, @Nullable String cursor, long now) {
        if (step instanceof Leave leave) {
            return cell.leave(List.of(leave), now);
        }
        return step instanceof Touch touch
                ? cell.touch(List.of(touch), TTL, now).joined()
                : cell.changesSince(cursor, now, now);
    }

    @Test
    void w5_aCopyThatLostItsLastEventsIsFoundOut() throws IOException {
        CellState cell = cell(MARK);
        cell.changesSince(null, 1, 0);
        CellState behind = copy(cell);
        cell.touch(List.of(Touch.of("ana")), TTL, 1);
        Changes seen = cell.changesSince(null, 2, 2);
        behind.touch(List.of(Touch.of("bo")), TTL, 3);
        Changes after = behind.changesSince(seen.cursor(), 4, 4);
        assertThat(after.gap()).isTrue();
        assertThat(after.position().epoch()).as("W2: no seq is given twice").isEqualTo(4);
        assertThat(behind.changesSince(after.cursor(), 5, 5).gap()).isFalse();
    }

    @Test
    void w5_aCursorOfAnotherStoreIsAGap() {
        Changes changes = cell(MARK).changesSince("theirs:not a count:theirs", 1, 0);
        assertThat(changes.gap()).isTrue();
        assertThat(changes.events()).isEmpty();
    }

    @Test
    void w5_afterASplitWhoeverIsOnEitherSideIsThereAsSeenLast() {
        CellState one = cell(1);
        CellState other = cell(2);
        one.touch(
                List.of(Touch.of("both"), Touch.of("here"), Touch.of("left", "tab"), Touch.of("two", "tab")), TTL, 100);
        other.touch(
                List.of(Touch.of("both", "phone").withData("x"), Touch.of("there"), Touch.of("left", "tab")), TTL, 200);
        other.touch(List.of(Touch.of("two", "phone")), TTL, 200);
        one.leave(List.of(new Leave("left", "tab")), 300);
        CellState merged = CellState.merged(new Capacity(Long.MAX_VALUE), one, other, 3);
        CellReader look = merged.look(300, null);
        assertThat(look.page(null, 10).members())
                .extracting(member -> member.id() + " " + member.lastSeen().toEpochMilli() + " "
                        + member.sessions().size())
                .containsExactlyInAnyOrder("both 200 2", "here 100 1", "there 200 1", "two 200 2");
        Changes before = one.changesSince(null, 5, 300);
        assertThat(merged.changesSince(before.cursor(), 6, 300).gap()).isTrue();
    }

    /** Who is not named again need not be looked up among all the others. */
    @Test
    void r2_aPartOfAListingSaysWhetherSomebodyMayBeNamedAgain() {
        CellState cell = cell(MARK);
        touch(cell, "ana", "bo", "cy", "di");
        NamePage first = cell.look(0, null).names(null, 2);
        touch(cell, "ana");
        NamePage quiet = cell.look(0, null).names(first.next(), 1);
        cell.leave(List.of(new Leave("ana", null)), 0);
        touch(cell, "ed", "ana");
        NamePage after = cell.look(0, null).names(quiet.next(), 10);
        assertThat(first.names()).containsExactly("ana", "bo");
        assertThat(List.of(first.again(), quiet.again(), after.again())).containsExactly(false, false, true);
        assertThat(after.names()).containsExactly("di", "ana");
        assertThat(after.next()).isNull();
    }

    @Test
    void r2_aListingThatGoesOnAfterAResetMayNameAnybodyAgain() {
        CellState cell = cell(MARK);
        touch(cell, "ana", "bo");
        NamePage first = cell.look(0, null).names(null, 1);
        cell.reset(1, 0);
        touch(cell, "bo", "ana");
        assertThat(cell.look(0, null).names(first.next(), 10).again()).isTrue();
    }

    private static void touch(CellState cell, String... members) {
        cell.touch(Stream.of(members).map(Touch::of).toList(), TTL, 0);
    }
}
