package io.github.presence4j.benchmarks.contestant;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.presence4j.inmemory.InMemoryStore;
import io.github.presence4j.spi.PresenceStore;

/** The process itself. */
final class ProcessEnvironment implements BenchmarkEnvironment {
    /**
     * A benchmark touches each member many times a second, and a navbar every two minutes. With this clock, a thousand
     * times as fast, beats of one member are seconds apart. For renewals only: a member that is not touched expires within
     * 3 s.
     */
    private static final Ticker SPREAD = () -> System.nanoTime() * 100;

    @Override
    public Contestant contestant(String name) {
        return switch (name) {
            case "presence4j" -> presence(Ticker.systemTicker());
            case "presence4j-spread" -> presence(SPREAD);
            case "caffeine" -> new CaffeineCache(Ticker.systemTicker());
            case "caffeine-spread" -> new CaffeineCache(SPREAD);
            case "hash-map" -> new HashMaps();
            case "skip-list" -> new SkipLists();
            default -> throw BenchmarkEnvironment.unknown("memory:" + name);
        };
    }

    private static Contestant presence(Ticker ticker) {
        return new OnPresence(InMemoryStore.builder().ticker(ticker).build());
    }

    @Override
    public PresenceStore store() {
        return InMemoryStore.builder().build();
    }

    /** No other process can connect. */
    @Override
    public String address() {
        return "";
    }

    @Override
    public void close() {}
}
