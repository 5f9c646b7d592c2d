package io.github.presence4j.example.navbar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application in a JVM of its own, which can be killed. */
final class NavbarProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern ROOT = Pattern.compile("Open (http://[^ ]*/) in");

    private final Process process;
    private final URI root;

    private NavbarProcess(Process process, URI root) {
        this.process = process;
        this.root = root;
    }

    /** On a free port, with these settings. */
    static NavbarProcess with(String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                NavbarApplication.class.getName(),
                "--server.port=0"));
        for (String setting : settings) {
            command.add("--" + setting);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new NavbarProcess(process, awaitRoot(process.inputReader(StandardCharsets.UTF_8)));
    }

    /** It says where it is; what else it says goes on being read, so that it never waits for a reader. */
    private static URI awaitRoot(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher root = ROOT.matcher(line);
            if (root.find()) {
                Thread reader = new Thread(() -> out.lines().forEach(more -> {}), "navbar-log");
                reader.setDaemon(true);
                reader.start();
                return URI.create(root.group(1));
            }
        }
        throw new IOException("The other navbar ended before it was there");
    }

    String get(String path) {
        return send(HttpRequest.newBuilder(root.resolve(path)));
    }

    String post(String path) {
        return send(HttpRequest.newBuilder(root.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            return Objects.requireNonNull(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill -9}. */
    @Override
    public void close() {
        kill();
    }

    /** It has no time to say that it goes. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
