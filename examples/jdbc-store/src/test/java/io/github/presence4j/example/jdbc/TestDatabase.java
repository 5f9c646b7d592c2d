package io.github.presence4j.example.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.presence4j.spi.TopicId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A database in memory, whose clock a test can shift. It ends when it is closed. */
final class TestDatabase implements AutoCloseable {
    private static final int THREADS = 4;
    private static final String CLOCK = "presence_millis() + (SELECT millis FROM clock_shift)";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=10000";
    private final Connection connection;
    private final AtomicLong shift = new AtomicLong();

    TestDatabase() throws SQLException {
        connection = DriverManager.getConnection(url);
        execute("RUNSCRIPT FROM 'classpath:presence-h2.sql'");
        execute("CREATE TABLE clock_shift (millis BIGINT)");
        execute("INSERT INTO clock_shift VALUES (0)");
    }

    /** A node with a pool of its own. */
    JdbcStore node() {
        HikariDataSource pool = pool(url);
        return new JdbcStore(pool, THREADS, Duration.ofMillis(50), CLOCK, pool::close);
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = JdbcStoreProvider.pool(Duration.ofSeconds(2));
        config.setJdbcUrl(url);
        config.setUsername("");
        config.setPassword("");
        config.setMaximumPoolSize(THREADS);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    void elapse(Duration duration) {
        try {
            execute("UPDATE clock_shift SET millis = millis + " + duration.toMillis());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        shift.addAndGet(duration.toMillis());
    }

    long millis() {
        return System.currentTimeMillis() + shift.get();
    }

    /** Returns the bytes that are stored of a topic; null if nothing is. */
    byte @Nullable [] cell(TopicId topic) {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT cell FROM presence_cell WHERE namespace = ? AND topic = ?")) {
            query.setString(1, topic.namespace());
            query.setString(2, topic.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
