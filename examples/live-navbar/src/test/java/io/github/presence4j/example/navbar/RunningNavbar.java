package io.github.presence4j.example.navbar;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on a free port. */
final class RunningNavbar implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final URI root;

    private RunningNavbar(Class<?>[] sources, List<String> arguments) {
        this.context = new SpringApplication(sources).run(arguments.toArray(new String[0]));
        this.root = URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    /** With settings such as {@code presence.ttl=600ms}. */
    static RunningNavbar with(String... settings) {
        return new RunningNavbar(new Class<?>[] {NavbarApplication.class}, arguments(settings));
    }

    /** With beans of a test in place of the application's. */
    static RunningNavbar with(Class<?> beans, String... settings) {
        List<String> arguments = arguments(settings);
        arguments.add("--spring.main.allow-bean-definition-overriding=true");
        return new RunningNavbar(new Class<?>[] {NavbarApplication.class, beans}, arguments);
    }

    private static List<String> arguments(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return arguments;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    URI at(String path) {
        return root.resolve(path);
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(at(path)));
    }

    Answer post(String path) {
        return send(HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    EventListening events() {
        return EventListening.to(HTTP, at("/api/events"));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), Objects.requireNonNull(response.body()));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    record Answer(int status, String body) {}
}
