package io.github.presence4j.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.cell.CellContents;
import io.github.presence4j.spi.TopicId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Prints the cost of a touch and of a read by the size of the topic. Not run by the build; see the README. */
class TouchCostMeasurement {
    private static final int WARM_UP = 200;
    private static final int CALLS = 300;

    @Test
    void touchAndRead() throws SQLException {
        System.out.println("| members | bytes | touch, median | isLive, median |\n|---|---|---|---|");
        for (int members : new int[] {100, 100, 1_000, 10_000, 20_000}) {
            measure(members);
        }
    }

    private static void measure(int members) throws SQLException {
        PresenceConfig config =
                PresenceConfig.builder().timeout(Duration.ofMinutes(1)).build();
        try (TestDatabase database = new TestDatabase();
                JdbcStore store = database.node();
                Presence presence = Presence.using(store, config)) {
            PresenceTopic room = presence.topic("room");
            room.touchAll(
                    IntStream.range(0, members).mapToObj(i -> "member " + i).toList());
            long touch = median(() -> room.touch("member 7"));
            long read = median(() -> room.isLive("member 7"));
            byte[] cell = Objects.requireNonNull(database.cell(new TopicId(config.namespace(), "room")));
            assertThat(CellContents.of(cell)).isEqualTo(new CellContents(members, 0, 0));
            System.out.printf("| %,d | %,d | %,d µs | %,d µs |%n", members, cell.length, touch, read);
        }
    }

    private static long median(Runnable call) {
        IntStream.range(0, WARM_UP).forEach(i -> call.run());
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begun = System.nanoTime();
            call.run();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos[CALLS / 2] / 1_000;
    }
}
