package io.github.presence4j.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule B6: a count of a cell that has copies goes in steps, examines each member once, and leaves the copies equal. */
class CountStepsTest {
    private static final long TTL = 60_000;
    private static final int MANY = 50_000;
    private static final int LIMIT = 1000;

    private final CellState cell = cell();
    private int steps;

    private static CellState cell() {
        return new CellState(new Capacity(Long.MAX_VALUE), TTL, 7);
    }

    private static List<Touch> touches(IntStream members) {
        return members.mapToObj(i -> Touch.of("m" + i)).toList();
    }

    private void join() {
        cell.touch(touches(IntStream.range(0, MANY)), TTL, 0);
    }

    private long count(long now) {
        steps = 0;
        OptionalLong count;
        do {
            steps++;
            count = cell.look(now, null).countWithin(LIMIT);
        } while (count.isEmpty());
        return count.getAsLong();
    }

    @Test
    void b6_aCountExaminesALimitedNumberOfExpiredMembersInEachStep() {
        join();
        assertThat(count(TTL + 1)).isZero();
        assertThat(steps).isEqualTo(MANY / LIMIT + 1);
        assertThat(count(TTL + 1)).isZero();
        assertThat(steps).as("none is examined again").isOne();
    }

    /** Renewed early, so that the index still has them where they joined. */
    @Test
    void b6_membersRenewedAtTheHeadOfTheIndexAreNotExaminedAgain() {
        join();
        cell.touch(touches(IntStream.range(0, MANY / 2)), TTL, 20_000);
        assertThat(count(70_000)).isEqualTo(MANY / 2);
        assertThat(steps).isEqualTo(MANY / LIMIT + 1);
        assertThat(count(70_001)).isEqualTo(MANY / 2);
        assertThat(steps).isOne();
        assertThat(count(20_001 + TTL)).as("when they expire").isZero();
        assertThat(steps).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void t1_aCountInStepsIsExactAndLeavesCopiesEqual(int seed) throws IOException {
        Random random = new Random(seed);
        CellState copy = cell();
        long now = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(400);
            change(random.nextLong(), now, cell);
            if (random.nextInt(3) > 0) {
                long expected = cell.look(now, null).countAll();
                cell.look(now, null)
                        .countWithin(1 + random.nextInt(20))
                        .ifPresent(count -> assertThat(count).isEqualTo(expected));
            }
        }
        random.setSeed(seed);
        now = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(400);
            change(random.nextLong(), now, copy);
            if (random.nextInt(3) > 0) {
                random.nextInt(20);
            }
        }
        assertThat(bytes(cell)).isEqualTo(bytes(copy));
        assertThat(count(now)).isEqualTo(cell.look(now, null).countAll());
    }

    private static void change(long seed, long now, CellState cell) {
        Random random = new Random(seed);
        String member = "m" + random.nextInt(300);
        String session = random.nextBoolean() ? null : "s" + random.nextInt(3);
        long ttl = random.nextInt(500) == 0 ? TTL / 2 : TTL;
        switch (random.nextInt(10)) {
            case 0 -> cell.leave(List.of(new Leave(member, session)), now);
            case 1 -> cell.changesSince(null, 1, now);
            default -> cell.touch(List.of(new Touch(member, session, null)), ttl, now);
        }
    }

    private static byte[] bytes(CellState cell) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cell.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
