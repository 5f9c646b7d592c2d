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
     * @param alone whether they serve only these tests: then they are on this machine, and may be emptied
     */
    record Servers(MasterConnections masters, Supplier<RedisStore> stores, AutoCloseable running, boolean alone) {

        Servers(MasterConnections masters, Supplier<RedisStore> stores, AutoCloseable running) {
            this(masters, stores, running, true);
        }

        Servers sharedWithOthers() {
            return new Servers(masters, stores, running, false);
        }

        /** One server, and nothing to configure but where it is. */
        static Servers at(String uri, AutoCloseable running) {
            return new Servers(
                    MasterConnections.of(List.of(uri)),
                    () -> RedisStore.builder().uri(uri).build(),
                    running);
        }
    }

    SharedRedis(Supplier<Servers> start) {
        this.start = start;
    }

    RedisFixture fixture() {
        Servers running = running();
        return new RedisFixture(running.masters().commands(), running.stores(), running.alone());
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
