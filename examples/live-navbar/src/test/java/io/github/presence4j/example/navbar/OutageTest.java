package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import io.github.presence4j.spi.TopicStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;

class OutageTest {
    private RunningNavbar navbar;
    private Outage outage;

    @BeforeEach
    void start() {
        navbar = RunningNavbar.with(StoreThatGoesAway.class, "presence.ttl=1m", "navbar.badge-refresh=50ms");
        outage = navbar.bean(Outage.class);
        navbar.post("/api/heartbeat?user=ana");
    }

    @AfterEach
    void stop() {
        navbar.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "live/ana", "count", "events"})
    void reads_are_503_and_never_empty(String path) {
        outage.failure = new PresenceUnavailableException("the store is away", null);
        assertSaid(navbar.get("/api/" + path), "the store is away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"heartbeat?user=bo", "leave?user=ana", "leave?user=ana&session=1", "reset"})
    void writes_are_503(String path) {
        outage.failure = new PresenceUnavailableException("the store is away", null);
        assertSaid(navbar.post("/api/" + path), "the store is away");
    }

    @Test
    void a_full_store_is_503_too() {
        outage.failure = new PresenceCapacityException("no room for bo");
        assertSaid(navbar.post("/api/heartbeat?user=bo"), "no room for bo");
    }

    @Test
    void the_page_is_told_and_goes_on_when_it_is_over() throws InterruptedException {
        try (EventListening events = navbar.events()) {
            events.next("snapshot");
            outage.failure = new PresenceUnavailableException("the store is away", null);
            assertThat(events.other("outage").data()).isEqualTo("{\"error\":\"the store is away\"}");
            assertSaid(navbar.get("/api/badges"), "the store is away");
            outage.failure = null;
            assertThat(events.other("badges").data()).contains("\"user\":\"ana\"");
            navbar.post("/api/heartbeat?user=bo");
            assertThat(events.next("joined").data()).contains("\"member\":\"bo\"");
        }
    }

    private static void assertSaid(RunningNavbar.Answer answer, String sentence) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + sentence + "\"}");
    }

    /** What every call of the store fails with, while it is set. */
    static final class Outage {
        volatile @Nullable PresenceException failure;
    }

    /** Not a configuration class by annotation, or the application would find it in the other tests too. */
    static class StoreThatGoesAway {

        @Bean
        Outage outage() {
            return new Outage();
        }

        @Bean
        PresenceStore store(PresenceConfig config, Outage outage) {
            PresenceStoreProvider provider =
                    ServiceLoader.load(PresenceStoreProvider.class).iterator().next();
            PresenceStore real = provider.create(config, BackendProperties.of(provider, Map.of()));
            return proxy(PresenceStore.class, real, outage);
        }

        private static <T> T proxy(Class<T> type, T real, Outage outage) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> answer(real, outage, method, arguments)));
        }

        /** In place of the application's. */
        @Bean
        Presence presence(PresenceConfig config, PresenceStore store) {
            return Presence.using(store, config);
        }

        private static @Nullable Object answer(Object real, Outage outage, Method method, Object @Nullable [] arguments)
                throws Throwable {
            PresenceException failure = outage.failure;
            if (failure != null && method.getReturnType() == CompletionStage.class) {
                return CompletableFuture.failedFuture(failure);
            }
            try {
                Object answer = method.invoke(real, arguments);
                return answer instanceof TopicStore topic ? proxy(TopicStore.class, topic, outage) : answer;
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }
    }
}
