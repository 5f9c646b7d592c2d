package io.github.presence4j.example.navbar;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How presence works here.
 *
 * @param ttl how long a tab is live after its last heartbeat
 * @param heartbeat how often a tab beats
 * @param backend which store; blank or null for the only one on the class path
 */
@ConfigurationProperties("presence")
record Settings(Duration ttl, Duration heartbeat, @Nullable String backend) {

    /** A page that beats more slowly than the TTL would flicker, so such settings end the start. */
    Settings {
        if (heartbeat.compareTo(ttl) >= 0 || heartbeat.isZero() || heartbeat.isNegative()) {
            throw new IllegalArgumentException(
                    "presence.heartbeat must be more than 0 and less than presence.ttl, but was " + heartbeat
                            + " with a TTL of " + ttl);
        }
    }
}
