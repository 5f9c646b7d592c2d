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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A member in a JVM of its own. */
final class MemberProcess implements AutoCloseable {
    private static final String READY = "ready";
    private static final String TEST_CLOCK = "test.clock";
    private static final String BY_CLUSTER_TIME = "-D" + TEST_CLOCK + "=false";
    private static final int LEAVE = 'l';

    private final Process process;
    private final String cluster;
    private final int port;

    private MemberProcess(Process process, String cluster, int port) {
        this.process = process;
        this.cluster = cluster;
        this.port = port;
    }

    /** Another member of the cluster that this one is in, with more in its environment. */
    MemberProcess join(Map<String, String> environment) {
        return start(cluster, freePort(), port, BY_CLUSTER_TIME, environment);
    }

    /** Starts a member that replaces this one after its end: at the same address, without its data. */
    MemberProcess again() {
        return start(cluster, port, port, BY_CLUSTER_TIME, Map.of());
    }

    /** The first member of a cluster. */
    static MemberProcess startFirst(String cluster, Map<String, String> environment) {
        int port = freePort();
        return start(cluster, port, port, BY_CLUSTER_TIME, environment);
    }

    /** Members of one cluster, that have found each other. */
    static List<MemberProcess> start(String cluster, int count) {
        return start(cluster, count, "-D" + TEST_CLOCK + "=true");
    }

    /** The same, by the time that Hazelcast tells them. */
    static List<MemberProcess> startByClusterTime(String cluster, int count) {
        return start(cluster, count, BY_CLUSTER_TIME);
    }

    private static List<MemberProcess> start(String cluster, int count, String option) {
        int first = freePort();
        return IntStream.range(0, count)
                .mapToObj(i -> start(cluster, i == 0 ? first : freePort(), first, option, Map.of()))
                .toList();
    }

    private static MemberProcess start(
            String cluster, int port, int first, String option, Map<String, String> environment) {
        return run(environment, option, List.of(cluster, Integer.toString(port), Integer.toString(first)), port);
    }

    /** A member that others know by another port than the one it listens on. */
    static MemberProcess startSplit(String cluster, int port, int peer, int publicPort, int clientPort) {
        List<String> arguments = new ArrayList<>(List.of(cluster));
        IntStream.of(port, peer, publicPort, clientPort)
                .mapToObj(Integer::toString)
                .forEach(arguments::add);
        return run(Map.of(), BY_CLUSTER_TIME, arguments, clientPort);
    }

    private static MemberProcess run(Map<String, String> environment, String option, List<String> arguments, int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                MemberProcess.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            MemberProcess member = new MemberProcess(builder.start(), arguments.get(0), port);
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
        HazelcastInstance member = open(
                args[0], Stream.of(args).skip(1).mapToInt(Integer::parseInt).toArray());
        if (Boolean.getBoolean(TEST_CLOCK)) {
            TestClock.install(member);
        }
        System.out.println(READY);
        if (System.in.read() == LEAVE) {
            member.shutdown();
        }
        Runtime.getRuntime().halt(0);
    }

    private static HazelcastInstance open(String cluster, int[] ports) {
        return ports.length == 2
                ? TestCluster.member(cluster, ports[0], ports[1])
                : SplitMember.open(cluster, ports[0], ports[1], ports[2], ports[3]);
    }
}
