package io.github.presence4j.example.jdbc;

import io.github.presence4j.Subscription;
import io.github.presence4j.cell.CellStorage;
import io.github.presence4j.cell.CellTopic;
import io.github.presence4j.spi.BlockingCall;
import io.github.presence4j.spi.BlockingCalls;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.ChangePolling;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Presence in a relational database: a row per topic. See the README of this example for what it costs. Thread-safe. */
public final class JdbcStore implements PresenceStore, CellStorage {
    static final String NAME = "jdbc";
    /** A function that presence-h2.sql defines. */
    public static final String H2_CLOCK = "presence_millis()";

    private static final String VERSIONS =
            "SELECT namespace, topic, version FROM presence_cell WHERE (namespace, topic) IN (%s)";
    private static final String EXPIRED = "SELECT namespace, topic FROM presence_cell WHERE expires_at <= %s"
            + " FETCH FIRST 1000 ROWS ONLY FOR UPDATE SKIP LOCKED";

    private final DataSource database;
    private final String clock;
    private final Runnable onClose;
    private final BlockingCalls calls;
    private final ChangePolling polling;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Makes a store. Connects when it is used first.
     *
     * @param database a pool with at least as many connections as {@code threads}
     * @param threads the number of calls at the same time, 1 to 1,000
     * @param pollInterval how late a change of another node is noticed, at least 1 ms
     * @param clock an SQL expression for the milliseconds since 1970 when it is evaluated, such as {@link #H2_CLOCK}
     * @param onClose ends the pool, or does nothing; run once
     */
    public JdbcStore(DataSource database, int threads, Duration pollInterval, String clock, Runnable onClose) {
        this.database = database;
        this.clock = clock;
        this.onClose = onClose;
        this.calls = BlockingCalls.builder(NAME)
                .threads(threads)
                .outage(JdbcStore::isOutage)
                .build();
        this.polling = new ChangePolling(calls, pollInterval, this::versions);
        calls.repeat(Duration.ofSeconds(1), this::purge);
    }

    /** A pool reports a wrong password, which is none, as a transient failure with that cause. */
    static boolean isOutage(Throwable failure) {
        return isTemporary(failure)
                && (!(failure.getCause() instanceof SQLNonTransientException cause) || isTemporary(cause));
    }

    private static boolean isTemporary(Throwable failure) {
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TopicStore topic(Topic topic) {
        return new CellTopic(topic, this, calls, polling::signal);
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener listener) {
        return polling.onChange(topic, listener);
    }

    @Override
    public int batchSlots() {
        return 2;
    }

    @Override
    public <T> T withCell(TopicId topic, BlockingCall call, Work<T> work) throws Exception {
        return transaction(call, connection -> work.run(new JdbcCell(connection, topic, call, clock)));
    }

    private interface Transaction<T> {
        T run(Connection connection) throws Exception;
    }

    /** A lost connection also fails the rollback, which must not hide the first failure. */
    private <T> T transaction(BlockingCall call, Transaction<T> work) throws Exception {
        call.onGiveUp(() -> {}); // an embedded database closes its file if a thread in it is interrupted
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (Exception | Error failure) {
                try {
                    connection.rollback();
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
        }
    }

    private Map<TopicId, Long> versions(Set<TopicId> topics, BlockingCall call) throws SQLException {
        String sql = VERSIONS.formatted(String.join(", ", Collections.nCopies(topics.size(), "(?, ?)")));
        Map<TopicId, Long> versions = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = JdbcCell.prepare(connection, call, sql)) {
            int parameter = 1;
            for (TopicId topic : topics) {
                query.setString(parameter++, topic.namespace());
                query.setString(parameter++, topic.name());
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    versions.put(new TopicId(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        return versions;
    }

    /** Deletes rows that no topic needs any more, as the database does not. A row that is locked waits for the next time. */
    private boolean purge(BlockingCall call) throws Exception {
        return transaction(call, connection -> {
            try (PreparedStatement expired = connection.prepareStatement(
                    EXPIRED.formatted(clock), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
                call.onGiveUp(expired::cancel);
                try (ResultSet rows = expired.executeQuery()) {
                    while (rows.next()) {
                        rows.deleteRow();
                    }
                }
            }
            return true;
        });
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            calls.close();
            polling.close();
            onClose.run();
        }
    }
}
