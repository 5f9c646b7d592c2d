package io.github.presence4j.redis.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Servers that belong together: they are revived together, and they end together even if the last one did not start. */
final class ServerGroup implements AutoCloseable {
    private final List<RedisProcess> processes = new ArrayList<>();

    /** Starts one more; if that fails, all end. */
    RedisProcess add(Supplier<RedisProcess> start) {
        try {
            RedisProcess process = start.get();
            processes.add(process);
            return process;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Runs a step of the set-up; if it fails, all end. */
    void prepare(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    List<RedisProcess> all() {
        return List.copyOf(processes);
    }

    /** Those that are neither dead nor frozen. */
    List<RedisProcess> serving() {
        return processes.stream().filter(RedisProcess::isServing).toList();
    }

    RedisProcess anyServing() {
        return serving().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("All are dead or frozen:\n" + logs()));
    }

    RedisProcess at(int port) {
        return processes.stream()
                .filter(process -> process.port() == port)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("None of ours listens on " + port));
    }

    /** Thaws what is frozen and restarts what is dead. */
    void revive() {
        for (RedisProcess process : processes) {
            if (process.isRunning()) {
                process.thaw();
            } else {
                process.restart();
            }
        }
    }

    /** For the message of a failure: where each got to. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        processes.forEach(process -> logs.append(process)
                .append(process.isRunning() ? "" : " (dead)")
                .append(":\n")
                .append(process.log())
                .append('\n'));
        return logs.toString();
    }

    @Override
    public void close() {
        processes.forEach(RedisProcess::close);
    }
}
