package io.github.presence4j.example.navbar;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Presence, opened with the application and closed with it. */
@Configuration(proxyBeanMethods = false)
class PresenceSetup {

    @Bean
    PresenceConfig presenceConfig(Settings settings, Environment environment) {
        PresenceConfig.Builder builder = PresenceConfig.builder().ttl(settings.ttl());
        String backend = settings.backend();
        if (backend != null && !backend.isBlank()) {
            builder.backend(backend);
        }
        Binder.get(environment)
                .bind("presence", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .forEach((key, value) -> forTheBackend(builder, key, value));
        return builder.build();
    }

    /** Everything with a second dot, such as {@code presence.redis.uri}, is the backend's business. */
    private static void forTheBackend(PresenceConfig.Builder builder, String key, String value) {
        if (key.contains(".") && !value.isBlank()) {
            builder.property(key, value);
        }
    }

    @Bean
    Presence presence(PresenceConfig config) {
        return Presence.open(config);
    }

    @Bean
    PresenceTopic liveUsers(Presence presence) {
        return presence.topic("crm_navbar:live_users");
    }
}
