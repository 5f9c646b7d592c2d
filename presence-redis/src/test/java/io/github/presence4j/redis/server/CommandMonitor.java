package io.github.presence4j.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/**
 * Everything that a server does from some moment on, told by the server itself. Who counts it needs no clock: the same calls are
 * the same commands, however busy the machine is.
 */
public final class CommandMonitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern LINE = Pattern.compile("\\S+ \\[\\d+ (\\S+)] (.*)");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

    /** What clients do for the sake of a connection. */
    private static final Set<String> UPKEEP = Set.of("ping", "hello", "client", "command", "subscribe");

    private final RedisProcess server;
    private final RespSocket socket;

    private CommandMonitor(RedisProcess server, RespSocket socket) {
        this.server = server;
        this.socket = socket;
    }

    /**
     * A command that a client sent.
     *
     * @param words its name in lower case, and its arguments; escaped where they are not plain text
     * @param inner what it did if it is a script
     */
    public record Call(List<String> words, List<List<String>> inner) {
        /** What the command is called. */
        public String name() {
            return words.get(0);
        }

        /** Without the arguments, which may be thousands. */
        @Override
        public String toString() {
            return name() + inner.stream().map(command -> command.get(0)).toList();
        }

        /** How often the script used a command of one of these names. */
        public long inner(String... names) {
            Set<String> wanted = Set.of(names);
            return inner.stream()
                    .filter(command -> wanted.contains(command.get(0)))
                    .count();
        }
    }

    /** Begins. */
    public static CommandMonitor of(RedisProcess server) {
        try {
            RespSocket socket = RespSocket.open(SocketFactory.getDefault(), server.port(), PATIENCE);
            socket.call("MONITOR");
            return new CommandMonitor(server, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What clients have sent since it began, or since this was asked last. */
    public List<Call> calls() {
        String mark = "mark-" + UUID.randomUUID();
        server.command("ECHO", mark);
        List<Call> calls = new ArrayList<>();
        try {
            for (String line = socket.reply(); !line.contains(mark); line = socket.reply()) {
                add(line, calls);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return calls.stream().filter(call -> !UPKEEP.contains(call.name())).toList();
    }

    private static void add(String line, List<Call> calls) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException("Not a line of MONITOR: " + line);
        }
        List<String> words = words(parts.group(2));
        if (parts.group(1).equals("lua")) {
            calls.get(calls.size() - 1).inner().add(words);
        } else {
            calls.add(new Call(words, new ArrayList<>()));
        }
    }

    private static List<String> words(String quoted) {
        List<String> words = WORD.matcher(quoted)
                .results()
                .map(match -> match.group(1).replace("\\\"", "\""))
                .toList();
        Stream<String> name = Stream.of(words.get(0).toLowerCase(Locale.ROOT));
        return Stream.concat(name, words.stream().skip(1)).toList();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
