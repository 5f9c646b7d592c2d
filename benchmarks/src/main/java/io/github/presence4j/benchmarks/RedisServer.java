package io.github.presence4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that is measured: the one that {@code -Dredis.uri} names, else a {@code redis-server} of the PATH that is started
 * for the occasion, keeps nothing on disk and is killed at the end.
 */
final class RedisServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(10);

    private final String uri;
    private final @Nullable Process process;

    private RedisServer(String uri, @Nullable Process process) {
        this.uri = uri;
        this.process = process;
    }

    static RedisServer open() {
        String given = System.getProperty("redis.uri", "");
        return given.isEmpty() ? start() : new RedisServer(given, null);
    }

    String uri() {
        return uri;
    }

    private static RedisServer start() {
        try {
            int port = freePort();
            Process process = new ProcessBuilder(
                            "redis-server",
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port),
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            RedisServer server = new RedisServer("redis://127.0.0.1:" + port, process);
            server.awaitListening(port);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server does not start; install it, or name one by -Dredis.uri", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(int port) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    close();
                    throw e;
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    /** Kills it: nothing of it is to be kept. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
