package io.github.presence4j.example.jdbc;

import io.github.presence4j.cell.CellStorage;
import io.github.presence4j.spi.BlockingCall;
import io.github.presence4j.spi.TopicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** The row of a topic, in one transaction. */
record JdbcCell(Connection connection, TopicId topic, BlockingCall call, String clock) implements CellStorage.Cell {
    private static final String READ = "SELECT cell FROM presence_cell WHERE namespace = ? AND topic = ?";
    private static final String INSERT = "INSERT INTO presence_cell VALUES (?, ?, NULL, 0, 0)";
    private static final int ATTEMPTS = 10;
    private static final String WRITE =
            "UPDATE presence_cell SET cell = ?, expires_at = ?, version = ? WHERE namespace = ? AND topic = ?";

    /** A topic without a row is locked by inserting one, which a transaction that inserts the same row waits for. */
    @Override
    public byte @Nullable [] lock() throws SQLException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            byte[] cell = select(READ + " FOR UPDATE");
            if (cell != null || isInserted()) {
                return cell;
            }
        }
        throw new SQLTransientException("The row of a topic was inserted and deleted by others again and again");
    }

    /** Returns false if another transaction was quicker. */
    private boolean isInserted() throws SQLException {
        try (PreparedStatement insert = prepare(INSERT, 1)) {
            return insert.executeUpdate() == 1;
        } catch (SQLIntegrityConstraintViolationException e) {
            return false;
        }
    }

    @Override
    public byte @Nullable [] read() throws SQLException {
        return select(READ);
    }

    private byte @Nullable [] select(String sql) throws SQLException {
        try (PreparedStatement select = prepare(sql, 1);
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getBytes(1) : null;
        }
    }

    @Override
    public long now() throws SQLException {
        try (PreparedStatement now = prepare(connection, call, "SELECT " + clock);
                ResultSet row = now.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void write(byte[] bytes, long expiresAt, long version) throws SQLException {
        try (PreparedStatement write = prepare(WRITE, 4)) {
            write.setBytes(1, bytes);
            write.setLong(2, expiresAt);
            write.setLong(3, version);
            write.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, int key) throws SQLException {
        PreparedStatement statement = prepare(connection, call, sql);
        statement.setString(key, topic.namespace());
        statement.setString(key + 1, topic.name());
        return statement;
    }

    /** Prepares a statement that is cancelled if the call is given up. */
    static PreparedStatement prepare(Connection connection, BlockingCall call, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        call.onGiveUp(statement::cancel);
        return statement;
    }
}
