package io.github.presence4j.hazelcast;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A member in a JVM of its own. */
final class MemberProcess implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;
    private final int port;

    private MemberProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Members of one cluster, that have found each other. */
    static List<MemberProcess> start(String cluster, int count) {
        int first = freePort();
        return IntStream.range(0, count)
                .mapToObj(i -> start(System.getProperty("java.class.path"), cluster, first + i, first))
                .toList();
    }

    private static MemberProcess start(String classPath, String cluster, int port, int first) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            MemberProcess.class.getName(),
                            cluster,
                            Integer.toString(port),
                            Integer.toString(first))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            MemberProcess member = new MemberProcess(process, port);
            member.awaitReady();
            return member;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line;
        do {
            line = out.readLine();
            if (line == null) {
                throw new IOException("The member on port " + port + " ended before it was ready");
            }
        } while (!line.equals(READY));
    }

    int port() {
        return port;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The other JVM. Ends with the one that started it. */
    public static void main(String[] args) throws IOException {
        TestCluster.member(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // Nothing is said; the end is the end of the parent.
        }
        Runtime.getRuntime().halt(0);
    }
}
