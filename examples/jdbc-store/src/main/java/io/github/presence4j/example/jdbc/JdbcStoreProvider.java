package io.github.presence4j.example.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
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
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(properties
                .secret("url", "a JDBC URL", Function.identity())
                .orElseThrow(() -> new PresenceConfigurationException("Set jdbc.url, such as jdbc:h2:./presence")));
        properties.string("user").ifPresent(pool::setUsername);
        properties.secret("password", "a password", Function.identity()).ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(threads);
        pool.setConnectionTimeout(Math.max(250, config.timeout().toMillis()));
        pool.setInitializationFailTimeout(-1); // the database may be started later
        HikariDataSource database = new HikariDataSource(pool);
        return new JdbcStore(database, threads, Duration.ofMillis(100), JdbcStore.H2_CLOCK, database::close);
    }
}
