package io.github.presence4j.example.navbar;

import io.github.presence4j.PresenceTopic;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** All browsers that listen. */
@RestController
class EventStreams {
    private final PresenceTopic live;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "event-stream");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean ending;

    EventStreams(PresenceTopic live) {
        this.live = live;
    }

    /** Asks the store first, so that one out of reach is a 503 here too instead of a stream that says nothing. */
    @GetMapping("/api/events")
    ResponseEntity<SseEmitter> events() {
        live.count();
        EventStream stream = new EventStream(senders);
        SseEmitter emitter = stream.open(live, () -> open.remove(stream));
        open.add(stream);
        if (ending) {
            stream.end();
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no") // or nginx would hold events back
                .body(emitter);
    }

    void publish(String name, Object data) {
        open.forEach(stream -> stream.offer(name, data));
    }

    int size() {
        return open.size();
    }

    @Scheduled(fixedDelayString = "10s")
    void beat() {
        open.forEach(EventStream::beat);
    }

    /** Comes before the web server waits for requests under way, which these would be for ever. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        ending = true;
        open.forEach(EventStream::end);
    }
}
