package io.github.presence4j.redis;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers that the tests of a class share. */
final class SharedRedis implements BeforeAllCallback, AfterAllCallback {
    private final Supplier<Servers> start;
    private @Nullable Servers servers;

    /**
     * Servers that run.
     *
     * @param masters the way to each that is written to
     * @param stores makes a store, as an application would
     * @param running ends them
     */
    record Servers(Masters masters, Supplier<RedisStore> stores, AutoCloseable running) {

        /** One server, and nothing to configure but where it is. */
        static Servers at(String uri, AutoCloseable running) {
            return new Servers(
                    Masters.of(List.of(uri)),
                    () -> RedisStore.builder().uri(uri).build(),
                    running);
        }
    }

    SharedRedis(Supplier<Servers> start) {
        this.start = start;
    }

    RedisFixture fixture() {
        Servers running = running();
        return new RedisFixture(running.masters().commands(), running.stores());
    }

    private Servers running() {
        if (servers == null) {
            throw new IllegalStateException("Not started");
        }
        return servers;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        servers = start.get();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        running().masters().close();
        running().running().close();
    }
}
