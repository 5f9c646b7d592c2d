package io.github.presence4j.redis.fault;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.RedisStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** An application in a JVM of its own, whose clock is its own too. It answers one line with one line. */
final class ShiftedClockProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;

    private ShiftedClockProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions =
                new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    static ShiftedClockProcess start(Map<String, String> environment, String uri, Duration ttl) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp"));
        command.addAll(List.of(
                System.getProperty("java.class.path"),
                ShiftedClockProcess.class.getName(),
                uri,
                Long.toString(ttl.toMillis())));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            return new ShiftedClockProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is asked is a word, and a name where there is one. */
    String ask(String question) {
        questions.println(question);
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("The other JVM ended when asked: " + question);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        questions.close();
        process.destroyForcibly();
    }

    /** The other JVM. Ends when it is asked nothing any more. */
    public static void main(String[] args) throws IOException {
        PresenceConfig config = PresenceConfig.builder()
                .ttl(Duration.ofMillis(Long.parseLong(args[1])))
                .build();
        try (RedisStore store = RedisStore.builder().uri(args[0]).build();
                Presence presence = Presence.using(store, config);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            PresenceTopic topic = presence.topic("room");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(topic, line));
            }
        }
    }

    private static String answer(PresenceTopic topic, String question) {
        String name = question.substring(question.indexOf(' ') + 1);
        return switch (question.split(" ", 2)[0]) {
            case "clock" -> Long.toString(System.currentTimeMillis());
            case "touch" -> Boolean.toString(topic.touch(name));
            case "isLive" -> Boolean.toString(topic.isLive(name));
            case "list" -> new TreeSet<>(topic.list()).toString();
            case "active" -> new TreeSet<>(topic.within(Duration.ofMinutes(1)).list()).toString();
            case "lastSeen" -> topic.lastSeen(name).map(Object::toString).orElse("never");
            default -> throw new IllegalArgumentException(question);
        };
    }
}
