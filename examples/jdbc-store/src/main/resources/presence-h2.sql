-- The table of JdbcStore, in H2. Run it once, or with every connection: jdbc:h2:...;INIT=RUNSCRIPT FROM 'classpath:presence-h2.sql'
CREATE TABLE IF NOT EXISTS presence_cell (
    namespace VARCHAR(512) NOT NULL,
    topic VARCHAR(512) NOT NULL,
    cell BLOB,
    expires_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (namespace, topic)
);
CREATE INDEX IF NOT EXISTS presence_cell_expires_at ON presence_cell (expires_at);
-- The clock of the database's process. CURRENT_TIMESTAMP would be the start of the transaction, before the lock.
CREATE ALIAS IF NOT EXISTS presence_millis FOR 'java.lang.System.currentTimeMillis';
