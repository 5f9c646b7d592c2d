package io.github.presence4j.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database server that is killed, that hangs, or whose row another program holds. */
@Timeout(120)
class DatabaseOutageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final TopicId ROOM = new TopicId("app", "room");

    @TempDir
    Path files;

    private Server server;
    private TcpProxy network;
    private HikariDataSource pool;
    private JdbcStore store;
    private Presence presence;
    private PresenceTopic room;

    @BeforeEach
    void open() throws Exception {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", files.toString())
                .start();
        network = TcpProxy.to(server.getPort());
        execute("RUNSCRIPT FROM 'classpath:presence-h2.sql'");
        pool = TestDatabase.pool(url(network.port()) + ";NETWORK_TIMEOUT=3000");
        store = new JdbcStore(pool, 4, Duration.ofMillis(50), JdbcStore.H2_CLOCK, () -> {});
        presence = Presence.using(
                store,
                PresenceConfig.builder().namespace("app").timeout(TIMEOUT).build());
        room = presence.topic("room");
        await("the first touch", () -> room.touch("ana"));
    }

    @AfterEach
    void close() throws SQLException {
        presence.close();
        store.close();
        pool.close();
        network.close();
        execute("SHUTDOWN");
        server.stop();
    }

    private static String url(int port) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/presence;LOCK_TIMEOUT=30000";
    }

    private Connection direct() throws SQLException {
        return DriverManager.getConnection(url(server.getPort()), "", "");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = direct();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /** Repeats a call while it fails. */
    private static void await(String what, Runnable call) {
        Eventually.await(
                Duration.ofSeconds(30),
                () -> what + " succeeded",
                () -> {
                    call.run();
                    return true;
                },
                List.of(PresenceUnavailableException.class));
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private TopicStore handle() {
        return store.topic(new Topic(ROOM, Duration.ofMinutes(5), null));
    }

    @Test
    void e2_aKilledDatabaseIsAnOutageAndItsReturnIsNoticed() throws InterruptedException {
        network.cut();
        assertThatThrownBy(() -> room.touch("bo")).isInstanceOf(PresenceUnavailableException.class);
        assertThatThrownBy(() -> room.count()).isInstanceOf(PresenceUnavailableException.class);
        network.heal();
        await("a touch", () -> room.touch("bo"));
        assertThat(room.list()).containsExactlyInAnyOrder("ana", "bo");
    }

    @Test
    void e2_aDatabaseThatHangsIsAnOutageAndHoldsNoWorkerForLong() throws InterruptedException {
        network.halfOpen();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> room.count()).isInstanceOf(PresenceUnavailableException.class);
        }
        network.heal();
        await("a touch", () -> room.touch("bo"));
        assertThat(room.list()).containsExactlyInAnyOrder("ana", "bo");
    }

    @Test
    void e7_aMissingTableIsNoOutage() throws SQLException {
        execute("DROP TABLE presence_cell");
        assertThatThrownBy(() -> room.count())
                .isInstanceOf(PresenceException.class)
                .isNotInstanceOf(PresenceUnavailableException.class)
                .rootCause()
                .hasMessageContaining("PRESENCE_CELL");
    }

    /** The row is held by another program when the call is made, and freed after the call was given up. */
    @Test
    void o2_aCallThatWaitsForTheRowIsGivenUp() throws Exception {
        try (Connection other = direct()) {
            lockRow(other);
            CompletableFuture<?> late =
                    handle().touch(List.of(Touch.of("late"))).toCompletableFuture();
            assertThatThrownBy(() -> late.get(200, TimeUnit.MILLISECONDS)).isNotInstanceOf(ExecutionException.class);
            late.cancel(false);
            other.rollback();
        }
        await("a touch", () -> room.touch("bo"));
        assertThat(room.list()).containsExactlyInAnyOrder("ana", "bo");
    }

    @Test
    void e4_closeEndsACallThatWaitsForTheRow() throws Exception {
        try (Connection other = direct()) {
            lockRow(other);
            CompletableFuture<?> waiting =
                    handle().touch(List.of(Touch.of("late"))).toCompletableFuture();
            long begun = System.nanoTime();
            store.close();
            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(PresenceUnavailableException.class);
            assertThat(since(begun)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void g1_aRowThatIsHeldKeepsNoOtherFromBeingReclaimed() throws Exception {
        store.close(); // so that the rows are there before anything is reclaimed
        execute("INSERT INTO presence_cell SELECT 'app', 'old ' || x, NULL, 1, 0 FROM system_range(1, 2500)");
        try (Connection other = direct();
                PreparedStatement hold =
                        other.prepareStatement("UPDATE presence_cell SET version = 1 WHERE topic = 'old 7'")) {
            other.setAutoCommit(false);
            assertThat(hold.executeUpdate()).isEqualTo(1);
            try (JdbcStore next = new JdbcStore(pool, 1, TIMEOUT, JdbcStore.H2_CLOCK, () -> {})) {
                Eventually.await("of the old rows only the one that is held is left", () -> rows() == 2);
                other.rollback();
                Eventually.await("store '" + next.name() + "' deletes that one too", () -> rows() == 1);
            }
        }
    }

    private long rows() {
        try (Connection connection = direct();
                PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM presence_cell");
                ResultSet rows = count.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void e4_aSecondCloseDoesNothing() {
        AtomicInteger closes = new AtomicInteger();
        JdbcStore twice = new JdbcStore(pool, 1, TIMEOUT, JdbcStore.H2_CLOCK, closes::incrementAndGet);
        twice.close();
        twice.close();
        assertThat(closes).hasValue(1);
    }

    private static void lockRow(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement lock = connection.prepareStatement("SELECT cell FROM presence_cell FOR UPDATE")) {
            assertThat(lock.executeQuery().next()).isTrue();
        }
    }
}
