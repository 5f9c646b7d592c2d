package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.server.GivenServer;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.TcpProxy;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of the connection to a server. */
@Tag("given")
class LinkFaultTest {
    private static final int SOME = 500;

    @Test
    void w5_theLinkIsCut() {
        try (GivenServer server = GivenServer.open();
                TcpProxy proxy = server.proxy();
                FaultLoad throng = RedisFaultLoads.at(server.uri(proxy))) {
            throng.gather();
            throng.answers(SOME);
            proxy.cut();
            Timing.last(Duration.ofSeconds(1));
            proxy.heal();
            throng.settle().require("link cut for 1 s");
        }
    }

    @Test
    void e2_theLinkIsSlow() {
        try (GivenServer server = GivenServer.open();
                TcpProxy proxy = server.proxy();
                FaultLoad throng = RedisFaultLoads.at(server.uri(proxy))) {
            throng.gather();
            throng.answers(SOME);
            proxy.delay(Duration.ofMillis(300));
            Timing.last(Duration.ofSeconds(2));
            proxy.delay(Duration.ZERO);
            throng.settle().require("link delayed by 300 ms each way, for 2 s");
        }
    }

    @Test
    void e2_theLinkIsHalfOpen() {
        try (GivenServer server = GivenServer.open();
                TcpProxy proxy = server.proxy();
                FaultLoad throng = RedisFaultLoads.at(server.uri(proxy))) {
            throng.gather();
            throng.answers(SOME);
            proxy.halfOpen();
            Timing.last(Duration.ofSeconds(5));
            proxy.heal();
            throng.settle().require("link half open for 5 s");
        }
    }

    /** Connections that died silently: only a new connection works. */
    @Test
    void e2_aConnectionThatIsForgottenIsReplaced() {
        try (GivenServer server = GivenServer.open();
                TcpProxy proxy = server.proxy();
                FaultLoad throng = RedisFaultLoads.at(server.uri(proxy))) {
            throng.gather();
            throng.answers(SOME);
            proxy.forget();
            throng.settle().require("connections silently dead, new ones pass");
        }
    }
}
