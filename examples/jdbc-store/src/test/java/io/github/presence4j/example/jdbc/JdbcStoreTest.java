package io.github.presence4j.example.jdbc;

import io.github.presence4j.cell.CellContents;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** The whole contract: two nodes with connections of their own, on one database. */
class JdbcStoreTest implements PresenceStoreContract {
    @Override
    public PresenceStoreFixture fixture() {
        try {
            TestDatabase database = new TestDatabase();
            return new Fixture(database, database.node(), database.node());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Fixture(TestDatabase database, PresenceStore node, PresenceStore peer)
            implements PresenceStoreFixture {
        @Override
        public void elapse(Duration duration) {
            database.elapse(duration);
        }

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(database.millis());
        }

        /** A call reads and writes the whole topic, so this store is meant for small ones. */
        @Override
        public int largestTopic() {
            return 1_000;
        }

        @Override
        public long occupied(TopicId topic) {
            byte[] cell = database.cell(topic);
            CellContents contents = CellContents.of(cell);
            return cell == null ? 0 : Math.max(1, contents.members() + contents.departures() + contents.events());
        }

        @Override
        public void close() {
            node.close();
            peer.close();
            database.close();
        }
    }
}
