package io.github.presence4j.example.navbar;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One browser that listens. Presence events come in order from a watch of its own; a browser that reads slowly blocks only
 * that watch, which then brings it up to date in one go. Of everything else only the newest is worth sending.
 */
final class EventStream {
    private final SseEmitter emitter = new SseEmitter(0L);
    private final AtomicReference<@Nullable Note> newest = new AtomicReference<>();
    private final Executor senders;
    private volatile boolean begun;

    EventStream(Executor senders) {
        this.senders = senders;
    }

    /** Begins to listen; {@code ended} runs once when the browser is gone, however it went. */
    SseEmitter open(PresenceTopic topic, Runnable ended) {
        Subscription watch = topic.watch(this::tell);
        emitter.onCompletion(() -> {
            watch.close();
            ended.run();
        });
        return emitter;
    }

    private void tell(PresenceEvent event) {
        Change change = Change.of(event);
        send(SseEmitter.event().name(change.type()).data(change, MediaType.APPLICATION_JSON));
        begun = true;
    }

    /** Takes a note without waiting for the browser. The snapshot is always first, so before it notes are dropped. */
    void offer(String name, Object data) {
        if (begun && newest.getAndSet(new Note(name, data)) == null) {
            senders.execute(this::sendNewest);
        }
    }

    /** A comment, which scripts ignore and which finds out that a browser is gone. */
    void beat() {
        senders.execute(() -> send(SseEmitter.event().comment("")));
    }

    private void sendNewest() {
        Note note = newest.getAndSet(null);
        if (note != null) {
            send(SseEmitter.event().name(note.name()).data(note.data(), MediaType.APPLICATION_JSON));
        }
    }

    void end() {
        senders.execute(emitter::complete);
    }

    /** A browser that is gone is no error; the container then ends the request, which closes the watch. */
    private void send(SseEmitter.SseEventBuilder frame) {
        try {
            emitter.send(frame);
        } catch (IOException | IllegalStateException e) {
            emitter.completeWithError(e);
        }
    }

    private record Note(String name, Object data) {}
}
