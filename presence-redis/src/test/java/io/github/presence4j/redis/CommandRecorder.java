package io.github.presence4j.redis;

import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a client has sent, command by command, at the moment it was handed over to be written. */
final class CommandRecorder implements CommandListener {
    private static final Set<String> UPKEEP = Set.of("PING", "HELLO", "CLIENT");

    private final Queue<String> names = new ConcurrentLinkedQueue<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        String name = event.getCommand().getType().toString();
        if (!UPKEEP.contains(name)) {
            names.add(name);
        }
    }

    List<String> names() {
        return List.copyOf(names);
    }

    void clear() {
        names.clear();
    }
}
