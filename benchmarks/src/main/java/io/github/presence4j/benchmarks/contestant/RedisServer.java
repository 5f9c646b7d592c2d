package io.github.presence4j.benchmarks.contestant;

import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.spi.PresenceStore;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis that is started for the occasion, keeps nothing on disk and is killed at the end: the {@code redis-server} of the
 * PATH, else the one that embedded-redis carries.
 */
public final class RedisServer implements BenchmarkEnvironment {
    private static final Duration START = Duration.ofSeconds(10);

    private final String uri;
    private final @Nullable Process process;

    private RedisServer(String uri, @Nullable Process process) {
        this.uri = uri;
        this.process = process;
    }

    /** {@return a Redis of one's own} */
    public static RedisServer start() {
        try {
            int port = freePort();
            Process process = new ProcessBuilder(command(port))
                    .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            RedisServer server = new RedisServer("redis://127.0.0.1:" + port, process);
            server.awaitListening(port);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server does not start", e);
        }
    }

    /**
     * A Redis that runs already.
     *
     * @param uri where
     * @return it
     */
    static RedisServer running(String uri) {
        return new RedisServer(uri, null);
    }

    /** {@return where it is} */
    public String uri() {
        return uri;
    }

    @Override
    public Contestant contestant(String name) {
        return switch (name) {
            case "presence4j" -> new OnPresence(store());
            case "zadd" -> new SortedSets(uri, SortedSets.Plain::new);
            case "zadd-expire" -> new SortedSets(uri, SortedSets.Seed::new);
            case "zadd-bulk" -> new SortedSets(uri, SortedSets.Bulk::new);
            case "zadd-hset" -> new SessionHashes(uri, SessionHashes.Commands::new);
            case "script" -> new SessionHashes(uri, SessionHashes.Script::new);
            case "rset-cache" -> new RedissonRooms(uri, RedissonRooms::set);
            case "rmap-cache" -> new RedissonRooms(uri, RedissonRooms::map);
            default -> throw BenchmarkEnvironment.unknown("redis:" + name);
        };
    }

    @Override
    public PresenceStore store() {
        return RedisStore.builder().uri(uri).build();
    }

    @Override
    public String address() {
        return uri;
    }

    private static List<String> command(int port) throws IOException {
        return List.of(
                executable().toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no");
    }

    private static Path executable() throws IOException {
        String path = System.getenv().getOrDefault("PATH", "");
        Optional<Path> installed = Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent() ? installed.get() : unpack();
    }

    private static Path unpack() throws IOException {
        Path folder = Files.createTempDirectory("presence-benchmarks-redis");
        folder.toFile().deleteOnExit();
        File executable =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        executable.deleteOnExit();
        return executable.toPath();
    }

    static int freePort() throws IOException {
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
