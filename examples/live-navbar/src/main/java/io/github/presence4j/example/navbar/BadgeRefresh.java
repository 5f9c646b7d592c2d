package io.github.presence4j.example.navbar;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows why presence helps. Without it, each round would render a badge for every user. This class reads the live users in
 * one round trip and renders only their badges.
 */
@RestController
class BadgeRefresh {
    private final PresenceTopic live;
    private final Directory directory;
    private final EventStreams streams;
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong rendered = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private volatile @Nullable Round last;

    BadgeRefresh(PresenceTopic live, Directory directory, EventStreams streams) {
        this.live = live;
        this.directory = directory;
        this.streams = streams;
    }

    @Scheduled(fixedDelayString = "${navbar.badge-refresh}")
    void refresh() {
        try {
            streams.publish("badges", round());
        } catch (PresenceException e) {
            streams.publish("outage", new Errors.Fault(Errors.sentence(e)));
        }
    }

    /** The last round; if the store failed it, another try, so that an outage is not answered with old numbers. */
    @GetMapping("/api/badges")
    Round badges() {
        Round seen = last;
        return seen != null ? seen : round();
    }

    private Round round() {
        last = null;
        List<String> everybody = directory.everybody();
        long asked = System.nanoTime();
        Set<String> here = live.liveAmong(everybody);
        long micros = (System.nanoTime() - asked) / 1_000;
        long number = rounds.getAndIncrement();
        List<Badge> badges =
                here.stream().sorted().map(user -> render(user, number)).toList();
        int absent = everybody.size() - badges.size();
        Round done = new Round(
                everybody.size(),
                badges.size(),
                absent,
                micros,
                rendered.addAndGet(badges.size()),
                skipped.addAndGet(absent),
                badges);
        last = done;
        return done;
    }

    /** Stands for the costly part: queries and a template. The tasks are invented, and grow and shrink slowly. */
    private Badge render(String user, long round) {
        int tabs = live.member(user).map(Member::sessions).map(List::size).orElse(0);
        int mood = Math.floorMod(user.hashCode(), 97);
        return new Badge(user, tabs, (int) Math.floorMod(mood + (round + mood) / 10, 8L));
    }

    /**
     * What a round did.
     *
     * @param known how many might want a badge
     * @param rendered how many were live and got one
     * @param skipped how many were not, and cost nothing
     * @param micros how long it took to ask who is live
     */
    record Round(
            int known,
            int rendered,
            int skipped,
            long micros,
            long renderedSinceStart,
            long skippedSinceStart,
            List<Badge> badges) {}

    /** A user's badge: open tabs and tasks that wait. */
    record Badge(String user, int tabs, int tasks) {}
}
