package io.github.presence4j.soak;

import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.PortLease;
import io.github.presence4j.testkit.fault.ProcessRunner;
import io.github.presence4j.testkit.fault.TempDirectory;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import redis.embedded.core.ExecutableProvider;

/** The bundled server, which keeps its data on disk. */
final class RedisServer implements AutoCloseable {
    private final PortLease port = PortLease.take();
    private final TempDirectory folder = TempDirectory.create("soak");
    private final RedisClient client = RedisClient.create("redis://127.0.0.1:" + port.port());
    private final ProcessBuilder command;
    private Process process;

    RedisServer() {
        try {
            String binary = ExecutableProvider.newJarResourceProvider(
                            folder.path().toFile())
                    .get()
                    .getAbsolutePath();
            command = new ProcessBuilder(List.of(
                            binary,
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port.port()),
                            "--dir",
                            folder.path().toString(),
                            "--save",
                            "",
                            "--appendonly",
                            "yes"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Path.of("target", "soak redis.log").toFile()));
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly(), "redis-at-exit"));
    }

    int port() {
        return port.port();
    }

    /** Runs a query over a separate connection. */
    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    /** Returns a number from INFO. */
    long number(String section, String name) {
        return ask(redis -> redis.info(section))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void restart() {
        try {
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
        // the server would let the file double since each restart, and read it all at the next one
        ask(RedisCommands::bgrewriteaof);
    }

    private void awaitAnswer() {
        Eventually.await("the server answers", () -> {
            try {
                return ask(RedisCommands::ping).equals("PONG");
            } catch (RedisException notYet) {
                return false;
            }
        });
    }

    void freeze() {
        ProcessRunner.run("sh", "-c", "kill -STOP " + process.pid());
    }

    void thaw() {
        ProcessRunner.run("sh", "-c", "kill -CONT " + process.pid());
    }

    @Override
    public void close() {
        client.shutdown();
        kill();
        folder.close();
        port.close();
    }
}
