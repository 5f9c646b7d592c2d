package io.github.presence4j.hazelcast;

import com.hazelcast.core.Hazelcast;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A member in a JVM of its own that has Hazelcast on its class path and nothing else. */
final class BareMember implements AutoCloseable {
    private static final String CONFIG = """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>%s</cluster-name>
              <network>
                <port auto-increment="false">%d</port>
                <join><auto-detection enabled="false"/><multicast enabled="false"/></join>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
              </network>
            </hazelcast>
            """;

    private final Process process;
    private final Path config;
    private final int port;

    private BareMember(Process process, Path config, int port) {
        this.process = process;
        this.config = config;
        this.port = port;
    }

    static BareMember start(String cluster) {
        int port = MemberProcess.freePort();
        try {
            Path config =
                    Files.writeString(Files.createTempFile("bare-member", ".xml"), CONFIG.formatted(cluster, port));
            URI jar = URI.create(Hazelcast.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dhazelcast.config=" + config,
                            "-Dhazelcast.phone.metadata.enabled=false",
                            "-cp",
                            Path.of(jar).toString(),
                            "com.hazelcast.core.server.HazelcastMemberStarter")
                    .redirectErrorStream(true)
                    .start();
            BareMember member = new BareMember(process, config, port);
            member.awaitStarted();
            return member;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its log goes on being read, so that it never waits for a reader. */
    private void awaitStarted() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line;
        do {
            line = out.readLine();
            if (line == null) {
                throw new IOException("The bare member ended before it was started");
            }
        } while (!line.contains("is STARTED"));
        Thread reader = new Thread(() -> out.lines().forEach(more -> {}), "bare-member-log");
        reader.setDaemon(true);
        reader.start();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Files.deleteIfExists(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
