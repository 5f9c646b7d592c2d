package io.github.presence4j.example.navbar;

import io.github.presence4j.PresenceTopic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Presence over HTTP: each endpoint is one call of the API. What goes wrong is answered by {@link Errors}. */
@RestController
@RequestMapping("/api")
class LiveController {
    private final PresenceTopic live;

    LiveController(PresenceTopic live) {
        this.live = live;
    }

    @PostMapping("/heartbeat")
    Heartbeat heartbeat(@RequestParam String user, @RequestParam(required = false) @Nullable String session) {
        return new Heartbeat(session == null ? live.touch(user) : live.touch(user, session));
    }

    @PostMapping("/leave")
    Leaving leave(@RequestParam String user, @RequestParam(required = false) @Nullable String session) {
        return new Leaving(session == null ? live.leave(user) : live.leave(user, session));
    }

    @GetMapping("/live")
    List<String> live() {
        return live.list().stream().sorted().toList();
    }

    @GetMapping("/live/{user}")
    Look look(@PathVariable String user) {
        Optional<Instant> lastSeen = live.lastSeen(user);
        return new Look(lastSeen.isPresent(), lastSeen.orElse(null));
    }

    @GetMapping("/count")
    Count count() {
        return new Count(live.count());
    }

    @PostMapping("/reset")
    Emptied reset() {
        live.reset();
        return new Emptied(true);
    }

    /** Whether the user was not live before. */
    record Heartbeat(boolean joined) {}

    /** Whether the user was live and is no longer: another tab may still be there. */
    record Leaving(boolean left) {}

    /** One user; without {@code lastSeen} when not live. */
    record Look(boolean live, @Nullable Instant lastSeen) {}

    /** How many are live. */
    record Count(long count) {}

    /** The response after a reset: no user is live any more. */
    record Emptied(boolean reset) {}
}
