package io.github.presence4j.soak;

import io.github.presence4j.Lease;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.PresenceStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An application in its own JVM that makes calls, pauses, and reports what it sees. Ends with the JVM that started it. */
final class WorkerProcess {
    private static final int ATTEMPTS = 10;

    private final int processes;
    private final Presence presence;
    private final CallCounts counts = new CallCounts();
    private final WatchedTopics views;
    private final Lease lease;
    private @Nullable LoadThreads load;

    private WorkerProcess(PresenceStore store, int number, int processes) {
        this.processes = processes;
        this.presence = Presence.using(
                store,
                PresenceConfig.builder()
                        .ttl(SoakTopics.TTL)
                        .timeout(SoakTopics.TIMEOUT)
                        .build());
        this.lease = held(presence.topic(SoakTopics.STEADY), SoakTopics.holder(number));
        this.views = new WatchedTopics(presence, processes);
    }

    /** Holds a member, with several attempts: on a busy machine the first call of a JVM may exceed the timeout. */
    private static Lease held(PresenceTopic topic, String member) {
        PresenceException last = new PresenceException("Not tried", null);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return topic.hold(member);
            } catch (PresenceException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Arguments: its number, the number of processes, and the address of the store. */
    public static void main(String[] args) throws IOException {
        List<String> given = List.of(args);
        PresenceStore store = StoreOpener.open(given.subList(2, given.size()));
        WorkerProcess worker = new WorkerProcess(store, Integer.parseInt(given.get(0)), Integer.parseInt(given.get(1)));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(worker.answer(line));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String question) {
        String[] words = question.split(" ", 2);
        return switch (words[0]) {
            case "load" -> begin(Long.parseLong(words[1]));
            case "pause" -> pause();
            case "calls" -> Long.toString(counts.calls());
            case "tidy" -> tidy();
            case "view" -> views.difference();
            case "threads" -> Integer.toString(JvmUsage.threads());
            case "thread-names" -> JvmUsage.threadNames();
            case "heap" -> Long.toString(JvmUsage.heap());
            case "held" -> lease.member();
            default -> throw new IllegalArgumentException(question);
        };
    }

    private String begin(long seed) {
        load = new LoadThreads(presence, seed, counts);
        return "loading";
    }

    private String pause() {
        Objects.requireNonNull(load).end();
        load = null;
        return counts.take();
    }

    /** Restores the state that all pauses share: removes other members, adds missing ones. */
    private String tidy() {
        try {
            for (String name : SoakTopics.all()) {
                PresenceTopic topic = presence.topic(name);
                boolean onView = SoakTopics.onView().contains(name);
                if (name.equals(SoakTopics.STEADY)) {
                    topic.list().stream()
                            .filter(member -> !SoakTopics.quiet(name, processes).contains(member))
                            .forEach(topic::leave);
                } else if (!topic.list().equals(onView ? SoakTopics.FIXED : List.of())) {
                    topic.reset();
                }
                if (onView) {
                    topic.touchAll(SoakTopics.FIXED);
                }
            }
            return "tidy";
        } catch (PresenceException e) {
            return "not tidy: " + e.getMessage();
        }
    }
}
