package io.github.presence4j.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.testkit.fault.TcpProxy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The network fails in the ways that networks do, and on request only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkProxyTest {
    private static final Duration SOON = Duration.ofMillis(400);

    private RedisProcess server;
    private TcpProxy proxy;

    @BeforeAll
    void start() {
        server = RedisProcess.start(RedisBinary.find());
    }

    @AfterAll
    void end() {
        server.close();
    }

    @BeforeEach
    void open() {
        proxy = TcpProxy.to(server.port());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private RespSocket connect() throws IOException {
        return RespSocket.open(SocketFactory.getDefault(), proxy.port(), SOON);
    }

    /** The system may still take a connection that nobody accepts any more; it ends with its first call. */
    private void callAnew() throws IOException {
        try (RespSocket late = connect()) {
            late.call("PING");
        }
    }

    private void awaitConnections(int count) {
        Await.until(Duration.ofSeconds(5), () -> count + " connections", () -> proxy.connections() == count);
    }

    @Test
    void passesWhatIsSentUntilAnyoneHangsUp() throws IOException {
        String large = "x".repeat(1_000_000);
        try (RespSocket client = connect()) {
            assertThat(client.call("SET", "large", large)).isEqualTo("OK");
            assertThat(client.call("GET", "large")).isEqualTo(large);
            awaitConnections(1);
        }
        awaitConnections(0);

        try (RespSocket client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
            server.command("CLIENT", "KILL", "TYPE", "normal");
            assertThatThrownBy(() -> client.call("PING"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        awaitConnections(0);
    }

    @Test
    void cutEndsAllAndRefusesNewOnesUntilHealed() throws IOException {
        try (RespSocket client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
            proxy.cut();
            assertThatThrownBy(() -> client.call("PING"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        assertThatThrownBy(this::callAnew)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        assertThat(proxy.connections()).isZero();

        proxy.heal();
        try (RespSocket client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void delayHoldsBackEachDirection() throws IOException {
        try (RespSocket client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
            proxy.delay(Duration.ofMillis(100));
            long start = System.nanoTime();
            assertThat(client.call("PING")).isEqualTo("PONG");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200), SOON);

            // Much in many pieces takes no longer than little, and arrives in order.
            String large = "0123456789".repeat(30_000);
            assertThat(client.call("ECHO", large)).isEqualTo(large);

            proxy.heal();
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void halfOpenConnectionsAreSilentUntilHealed() throws IOException {
        try (RespSocket client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
            proxy.halfOpen();
            assertThatThrownBy(() -> client.call("SET", "lost", "1")).isInstanceOf(SocketTimeoutException.class);
            try (RespSocket another = connect()) {
                assertThatThrownBy(() -> another.call("PING")).isInstanceOf(SocketTimeoutException.class);
            }
            server.command("CLIENT", "KILL", "TYPE", "normal");
            assertThatThrownBy(() -> client.call("PING")).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();
            assertThatThrownBy(() -> client.call("PING"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        assertThat(server.command("EXISTS", "lost")).isEqualTo("0");
        try (RespSocket client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
        awaitConnections(0);
    }
}
