package io.github.presence4j.redis.server;

import io.github.presence4j.testkit.fault.TempDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A server that speaks TLS only, and lets the user in only as far as an ACL allows. */
public final class TlsServer implements AutoCloseable {
    private static final String USER = "presence";
    private static final String OPERATOR = "operator";
    private static final Duration TO_ANSWER = Duration.ofSeconds(5);

    private final TempDirectory folder = TempDirectory.create("tls");
    private final TestCertificates certificates;
    private final String password = UUID.randomUUID().toString();
    private final RedisProcess process;

    private TlsServer(RedisBinary binary, List<String> rules) {
        try {
            certificates = TestCertificates.make(folder);
            process = RedisProcess.start(
                    binary, Map.of(), certificates.sockets(), (port, directory) -> arguments(port, directory, rules));
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Starts a server with one user, {@code presence}, who may do what the rules allow and nothing else.
     *
     * @param binary one with TLS
     * @param rules as in {@code ACL SETUSER}, such as {@code +get}, {@code ~presence:*} and {@code &presence:*}
     */
    public static TlsServer start(RedisBinary binary, List<String> rules) {
        if (!binary.tls()) {
            throw new IllegalArgumentException("Built without TLS: " + binary);
        }
        return new TlsServer(binary, rules);
    }

    private List<String> arguments(int port, TempDirectory directory, List<String> rules) {
        Path acl = folder.write(
                "users.acl",
                List.of(
                        "user default off",
                        "user " + OPERATOR + " on >" + password + " ~* &* +@all",
                        "user " + USER + " on >" + password + " resetchannels " + String.join(" ", rules)));
        List<String> arguments = RedisProcess.defaults(directory);
        arguments.addAll(List.of("--port", "0", "--tls-port", Integer.toString(port)));
        arguments.addAll(List.of("--tls-auth-clients", "no", "--aclfile", acl.toString()));
        arguments.addAll(List.of("--tls-ca-cert-file", certificates.ca().toString()));
        arguments.addAll(List.of("--tls-cert-file", certificates.certificate().toString()));
        arguments.addAll(List.of("--tls-key-file", certificates.key().toString()));
        return arguments;
    }

    /** Where a client connects to, as the user. */
    public String uri() {
        return uri(USER);
    }

    /** Where a client connects to, as somebody who may do everything. */
    public String operatorUri() {
        return uri(OPERATOR);
    }

    private String uri(String user) {
        return "rediss://" + user + ":" + password + "@127.0.0.1:" + port();
    }

    /** The port, which speaks TLS. */
    public int port() {
        return process.port();
    }

    /** The certificate that a client has to trust. */
    public Path ca() {
        return certificates.ca();
    }

    /** To kill, freeze and restart it. Its own {@code uri} and {@code command} lead nowhere: it does not log in. */
    public RedisProcess process() {
        return process;
    }

    /** Sends a command as somebody who may do everything, to look at {@code ACL LOG} for one; see {@link RedisProcess#command}. */
    public String command(String... args) {
        return commandAs(OPERATOR, args);
    }

    String commandAs(String user, String... args) {
        try (RespSocket socket = RespSocket.open(certificates.sockets(), port(), TO_ANSWER)) {
            socket.call("AUTH", user, password);
            return socket.call(args);
        } catch (IOException e) {
            throw new UncheckedIOException(args[0] + " to " + process, e);
        }
    }

    @Override
    public void close() {
        process.close();
        folder.close();
    }
}
