package io.github.presence4j.redis.server;

import io.github.presence4j.testkit.fault.PortLease;
import io.github.presence4j.testkit.fault.ProcessRunner;
import io.github.presence4j.testkit.fault.TempDirectory;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One server of 127.0.0.1, on a port and with a directory of its own, that can be killed, frozen and started again. It ends with
 * {@link #close()}, or with the JVM.
 */
public final class RedisProcess implements AutoCloseable {
    private static final Duration TO_START = Duration.ofSeconds(20);
    private static final Duration TO_ANSWER = Duration.ofSeconds(5);
    private static final int TAIL = 40;

    private final PortLease lease;
    private final TempDirectory data;
    private final TempDirectory logs;
    private final ProcessBuilder builder;
    private final SocketFactory sockets;
    private final Thread atExit = new Thread(this::end, "redis-at-exit");
    private volatile @Nullable Process process;
    private volatile boolean frozen;

    private RedisProcess(RedisBinary binary, Map<String, String> environment, SocketFactory sockets, CommandLine line) {
        this.lease = PortLease.take();
        this.data = TempDirectory.create("redis-data");
        this.logs = TempDirectory.create("redis-log");
        this.sockets = sockets;
        List<String> command = new ArrayList<>(List.of(binary.path().toString()));
        command.addAll(line.arguments(lease.port(), data));
        this.builder = new ProcessBuilder(command)
                .directory(data.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(logs.file("server.log").toFile()));
        builder.environment().putAll(environment);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** How a kind of server is told its port and its directory. */
    interface CommandLine {
        List<String> arguments(int port, TempDirectory directory);
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param options as on the command line of redis-server; they win over the defaults, which save nothing to disk
     */
    public static RedisProcess start(RedisBinary binary, String... options) {
        return start(binary, Map.of(), options);
    }

    /** The same with environment variables on top of this JVM's own. */
    public static RedisProcess start(RedisBinary binary, Map<String, String> environment, String... options) {
        return start(binary, environment, SocketFactory.getDefault(), (port, directory) -> {
            List<String> arguments = defaults(directory);
            arguments.addAll(List.of("--port", Integer.toString(port)));
            arguments.addAll(List.of(options));
            return arguments;
        });
    }

    static RedisProcess start(
            RedisBinary binary, Map<String, String> environment, SocketFactory sockets, CommandLine line) {
        RedisProcess started = new RedisProcess(binary, environment, sockets, line);
        try {
            started.restart();
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    static List<String> defaults(TempDirectory directory) {
        return new ArrayList<>(List.of(
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.path().toString(),
                "--save",
                "",
                "--appendonly",
                "no",
                // A replica in a test should not wait for more replicas to come.
                "--repl-diskless-sync-delay",
                "0"));
    }

    /** The port it listens on; it keeps it over restarts. */
    public int port() {
        return lease.port();
    }

    /** Where a client connects to. */
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** The working directory, with what the server saves. */
    public Path directory() {
        return data.path();
    }

    /** Whether there is a process, be it frozen. */
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Whether it is neither dead nor frozen. */
    public boolean isServing() {
        return isRunning() && !frozen;
    }

    /** Ends it as a crash would: nothing is saved and nobody is told. */
    public void kill() {
        Process current = process;
        if (current == null) {
            return;
        }
        current.destroyForcibly();
        try {
            if (!current.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Survived a SIGKILL: " + this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while killing " + this, e);
        }
    }

    /** Stops it in its tracks: its connections stay open, new ones are accepted by the system, and nothing is answered. */
    public void freeze() {
        signal("STOP");
        frozen = true;
    }

    /** Lets it go on where it was frozen. */
    public void thaw() {
        signal("CONT");
        frozen = false;
    }

    private void signal(String name) {
        Process current = process;
        if (current == null || !current.isAlive()) {
            throw new IllegalStateException("Not running: " + this);
        }
        // Built into every shell, while not every machine has the program.
        ProcessRunner.run("sh", "-c", "kill -" + name + " " + current.pid());
    }

    /** Starts it again, after a kill if it still runs, with whatever it had saved. */
    public void restart() {
        kill();
        try {
            process = builder.start();
            frozen = false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + builder.command(), e);
        }
        Await.until(TO_START, () -> this + " serves; its log:\n" + log(), this::serves);
    }

    /** Starts it again with nothing, as after the loss of its disk. */
    public void restartEmpty() {
        kill();
        data.empty();
        restart();
    }

    private boolean serves() {
        if (!isRunning()) {
            throw new IllegalStateException("Ended at once: " + this + "; its log:\n" + log());
        }
        try {
            return command("PING").equals("PONG");
        } catch (RedisErrorReply reply) {
            // Where one has to log in first, this is all a stranger gets.
            return String.valueOf(reply.getMessage()).startsWith("NOAUTH");
        }
    }

    /**
     * Sends a command over a connection of its own, and waits five seconds for the reply at most.
     *
     * @return the reply as text: the elements of arrays, nested ones too, one a line; nothing for a null and for
     *     {@code SHUTDOWN}, which has no reply
     * @throws RedisErrorReply if the reply is an error
     * @throws UncheckedIOException if the server cannot be reached or does not answer in time
     */
    public String command(String... args) {
        return commandWithin(TO_ANSWER, args);
    }

    String commandWithin(Duration timeout, String... args) {
        try (RespSocket socket = RespSocket.open(sockets, port(), timeout)) {
            return socket.call(args);
        } catch (EOFException e) {
            if (args[0].equalsIgnoreCase("SHUTDOWN")) {
                return "";
            }
            throw new UncheckedIOException(args[0] + " to " + this, e);
        } catch (IOException e) {
            throw new UncheckedIOException(args[0] + " to " + this, e);
        }
    }

    /** The last lines it logged, for the message of a failure. */
    public String log() {
        try {
            List<String> lines = Files.readAllLines(logs.file("server.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private void end() {
        kill();
        data.close();
        logs.close();
        lease.close();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The hook runs by itself, and finds nothing left to do.
            return;
        }
    }

    @Override
    public String toString() {
        return "redis-server on port " + port();
    }
}
