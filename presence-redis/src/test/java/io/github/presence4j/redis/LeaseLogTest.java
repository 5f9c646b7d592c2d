package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Lease;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.testkit.fault.PortLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log of an outage that meets many leases. No server listens at the address. */
class LeaseLogTest {
    private static final int LEASES = 10;

    private final RecordedLog log = new RecordedLog("io.github.presence4j.Leases");
    private final Queue<LogRecord> lines = log.records();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void w8_anOutageIsOneLineForAllLeasesThatBeginAndOneForAllThatLeave() {
        PresenceConfig config =
                PresenceConfig.builder().timeout(Duration.ofMillis(50)).build();
        try (PortLease unused = PortLease.take();
                RedisStore store = RedisStore.builder()
                        .uri("redis://127.0.0.1:" + unused.port())
                        .build();
                Presence presence = Presence.using(store, config)) {
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < LEASES; i++) {
                leases.add(presence.topic("room").hold("member " + i));
            }
            assertThat(lines)
                    .singleElement()
                    .extracting(LogRecord::getMessage)
                    .asString()
                    .contains("first heartbeat", "'room'");
            lines.clear();
            leases.forEach(Lease::close);
            assertThat(lines)
                    .singleElement()
                    .extracting(LogRecord::getMessage)
                    .asString()
                    .contains("could not leave", "'room'");
        }
    }
}
