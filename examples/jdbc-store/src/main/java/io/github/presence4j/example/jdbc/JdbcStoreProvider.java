package io.github.presence4j.example.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a {@link JdbcStore} with a connection pool of its own, under the name {@code jdbc}. Properties: {@code jdbc.url}, {@code
 * jdbc.user}, {@code jdbc.password} and {@code jdbc.pool-size} (1 to 1,000, 8 by default).
 */
public final class JdbcStoreProvider implements PresenceStoreProvider {
    @Override
    public String name() {
        return JdbcStore.NAME;
    }

    @Override
    public Set<String> propertyKeys() {
        return Set.of("url", "user", "password", "pool-size");
    }

    @Override
    public PresenceStore create(PresenceConfig config, BackendProperties properties) {
        int threads = properties.integer("pool-size", 1, 1_000).orElse(8);
        HikariConfig pool = pool(config.timeout());
        pool.setJdbcUrl(properties
                .secret("url", "a JDBC URL", Function.identity())
                .orElseThrow(() -> new PresenceConfigurationException("Set jdbc.url, such as jdbc:h2:./presence")));
        properties.string("user").ifPresent(pool::setUsername);
        properties.secret("password", "a password", Function.identity()).ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(threads);
        HikariDataSource database = open(pool);
        return new JdbcStore(database, threads, Duration.ofMillis(100), JdbcStore.H2_CLOCK, database::close);
    }

    /** The pool's own exception would show the URL, which may have a password. */
    private static HikariDataSource open(HikariConfig pool) {
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw new PresenceConfigurationException(
                    "No JDBC driver takes jdbc.url; check it, and that its driver is on the class path");
        }
    }

    /**
     * A pool need not be connected at the start. It gives up before the call does, so that a caller sees why. It cannot know by
     * H2's SQL states which failures end a connection.
     */
    static HikariConfig pool(Duration timeout) {
        HikariConfig pool = new HikariConfig();
        pool.setConnectionTimeout(Math.max(250, timeout.toMillis() / 2));
        pool.setInitializationFailTimeout(-1);
        pool.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public SQLExceptionOverride.Override adjudicate(SQLException failure) {
                return JdbcStore.isOutage(failure)
                        ? SQLExceptionOverride.Override.MUST_EVICT
                        : SQLExceptionOverride.Override.CONTINUE_EVICT;
            }
        });
        return pool;
    }
}
