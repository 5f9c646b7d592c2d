package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A member in a JVM of its own. */
final class MemberProcess implements AutoCloseable {
    private static final String READY = "ready";
    private static final String TEST_CLOCK = "test.clock";
    private static final int LEAVE = 'l';

    private final Process process;
    private final String cluster;
    private final int port;

    private MemberProcess(Process process, String cluster, int port) {
        this.process = process;
        this.cluster = cluster;
        this.port = port;
    }

    /** Another member of the cluster that this one is in, whose machine's clock is ahead. */
    MemberProcess join(Duration ahead) {
        return start(cluster, freePort(), port, "-Dhazelcast.clock.offset=" + ahead.toMillis());
    }

    /** Members of one cluster, that have found each other. */
    static List<MemberProcess> start(String cluster, int count) {
        return start(cluster, count, "-D" + TEST_CLOCK + "=true");
    }

    /** The same, by the time that Hazelcast tells them. */
    static List<MemberProcess> startByClusterTime(String cluster, int count) {
        return start(cluster, count, "-D" + TEST_CLOCK + "=false");
    }

    private static List<MemberProcess> start(String cluster, int count, String option) {
        int first = freePort();
        return IntStream.range(0, count)
                .mapToObj(i -> start(cluster, first + i, first, option))
                .toList();
    }

    private static MemberProcess start(String cluster, int port, int first, String option) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            option,
                            "-cp",
                            System.getProperty("java.class.path"),
                            MemberProcess.class.getName(),
                            cluster,
                            Integer.toString(port),
                            Integer.toString(first))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            MemberProcess member = new MemberProcess(process, cluster, port);
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

    boolean isAlive() {
        return process.isAlive();
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

    /** It stands still, without a word to anybody. */
    void freeze() {
        signal("STOP");
    }

    /** It goes on. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int failure = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (failure != 0) {
                throw new IllegalStateException("kill -" + name + " failed with " + failure);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** It gives away what it has, and ends. */
    void leave() {
        try (OutputStream in = process.getOutputStream()) {
            in.write(LEAVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.onExit().join();
    }

    /** As {@code kill -9}. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The other JVM. Ends with the one that started it. */
    public static void main(String[] args) throws IOException {
        HazelcastInstance member = TestCluster.member(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        if (Boolean.getBoolean(TEST_CLOCK)) {
            TestClock.install(member);
        }
        System.out.println(READY);
        if (System.in.read() == LEAVE) {
            member.shutdown();
        }
        Runtime.getRuntime().halt(0);
    }
}
