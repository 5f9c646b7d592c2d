package io.github.presence4j.example.navbar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A script that listens to the event stream. Events that are not about members are kept separately. */
final class EventListening implements AutoCloseable {
    private static final String NAME = "event:";
    private static final String DATA = "data:";
    private static final Event END = new Event("end", "");
    private static final Set<String> OTHERS = Set.of("badges", "outage", "interrupted", "resumed");

    private final HttpResponse<Stream<String>> response;
    private final BlockingQueue<Event> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event> others = new LinkedBlockingQueue<>();

    private EventListening(HttpResponse<Stream<String>> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-listening");
        reader.setDaemon(true);
        reader.start();
    }

    static EventListening to(HttpClient http, URI uri) {
        return new EventListening(
                http.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines())
                        .join());
    }

    private void read() {
        try (Stream<String> lines = response.body()) {
            String[] name = {""};
            lines.forEach(line -> {
                if (line.startsWith(NAME)) {
                    name[0] = line.substring(NAME.length());
                } else if (line.startsWith(DATA)) {
                    Event event = new Event(name[0], line.substring(DATA.length()));
                    (OTHERS.contains(event.name()) ? others : changes).add(event);
                }
            });
        } catch (RuntimeException e) {
            others.add(new Event("lost", e.toString()));
        }
        changes.add(END);
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next presence event, which must come soon and have this name. */
    Event next(String name) throws InterruptedException {
        Event event = changes.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("an event %s", name).isNotNull();
        assertThat(event.name()).as(event.data()).isEqualTo(name);
        return event;
    }

    /** Passes over events of other kinds until one of this name comes. */
    Event other(String name) throws InterruptedException {
        Event event = others.poll(10, TimeUnit.SECONDS);
        while (event != null && !event.name().equals(name)) {
            event = others.poll(10, TimeUnit.SECONDS);
        }
        assertThat(event).as("an event %s", name).isNotNull();
        return event;
    }

    @Override
    public void close() {
        response.body().close();
    }

    record Event(String name, String data) {}
}
