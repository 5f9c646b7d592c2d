package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of random operations, run on a store and on the model. Time passes in whole hours and the TTL ends on a half,
 * so the real minutes of the run do not matter.
 */
final class RandomOperations {
    /** The system property that replaces the random seed. */
    static final String SEED = "presence.seed";

    static final int OPERATIONS = 3_000;

    private static final Duration TTL = Duration.ofMinutes(210);
    private static final long DRIFT = Duration.ofMinutes(25).toMillis();
    private static final int REMEMBERED = 40;

    private final TestContext stage;
    private final Random random;
    private final int members;
    private final PresenceTopic here;
    private final PresenceTopic there;
    private final ReferenceModel model = new ReferenceModel(TTL.toMillis());
    private final RecordingWatcher watcher;
    private final Deque<String> played = new ArrayDeque<>();
    private String node = "";

    RandomOperations(TestContext stage, long seed, int members) {
        this.stage = stage;
        this.random = new Random(seed);
        this.members = members;
        this.here = stage.node().topic("random", TTL);
        this.there = stage.peer().topic("random", TTL);
        this.watcher = stage.watch(there);
    }

    void play(int operations) {
        for (int i = 0; i < operations; i++) {
            step();
            if (i % 25 == 24) {
                checkpoint();
            }
        }
        checkpoint();
    }

    private void step() {
        boolean first = random.nextBoolean();
        PresenceTopic topic = first ? here : there;
        node = first ? "node" : "peer";
        int kind = random.nextInt(100);
        if (kind < 35) {
            touch(topic);
        } else if (kind < 42) {
            touchMany(topic);
        } else if (kind < 57) {
            leave(topic);
        } else if (kind < 67) {
            elapse();
        } else if (kind < 68) {
            played("reset");
            topic.reset();
            model.reset();
        } else {
            read(topic, kind);
        }
    }

    private void touch(PresenceTopic topic) {
        Touch touch = anyTouch();
        played("touch " + touch);
        Optional<Instant> before = topic.lastSeen(touch.member());
        assertThat(touched(topic, touch))
                .as("result of %s by the %s", touch, node)
                .isEqualTo(model.touch(touch));
        Optional<Instant> after = topic.lastSeen(touch.member());
        if (before.isPresent()) {
            assertThat(after.orElseThrow()).as("lastSeen of %s", touch.member()).isAfterOrEqualTo(before.get());
        }
    }

    private TouchResult touched(PresenceTopic topic, Touch touch) {
        boolean shortForm = touch.session() == null && touch.data() == null && random.nextBoolean();
        if (shortForm) {
            return topic.touch(touch.member()) ? TouchResult.JOINED : TouchResult.RENEWED;
        }
        return topic.touch(touch);
    }

    private void touchMany(PresenceTopic topic) {
        List<Touch> touches = new ArrayList<>();
        Set<String> joined = new TreeSet<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            Touch touch = anyTouch();
            touches.add(touch);
            if (model.touch(touch) == TouchResult.JOINED) {
                joined.add(touch.member());
            }
        }
        played("touch " + touches);
        assertThat(topic.touch(touches)).as("joined").containsExactlyInAnyOrderElementsOf(joined);
    }

    private void leave(PresenceTopic topic) {
        String member = anyMember();
        String session = random.nextInt(3) == 0 ? null : anySession();
        played("leave " + member + " " + session);
        boolean left = session == null ? topic.leave(member) : topic.leave(member, session);
        assertThat(left).as("%s left by the %s", member, node).isEqualTo(model.leave(member, session));
    }

    private void elapse() {
        int hours = 1 + random.nextInt(3);
        played("elapse " + hours + " h");
        stage.elapse(Duration.ofHours(hours));
        model.elapse(Duration.ofHours(hours).toMillis());
    }

    private void read(PresenceTopic topic, int kind) {
        long window = Duration.ofMinutes(30 + 60 * random.nextInt(4)).toMillis();
        played("read " + kind % 8 + " within " + window);
        PresenceTopic seen = window == TTL.toMillis() ? topic : topic.within(Duration.ofMillis(window));
        Set<String> live = model.live(window);
        String member = anyMember();
        switch (kind % 8) {
            case 0 -> assertThat(seen.isLive(member)).as("%s is live", member).isEqualTo(live.contains(member));
            case 1 -> {
                Set<String> asked = new TreeSet<>(List.of(anyMember(), anyMember(), "nobody", member));
                asked.removeIf(name -> random.nextInt(4) == 0);
                Set<String> expected = new TreeSet<>(asked);
                expected.retainAll(live);
                assertThat(seen.liveAmong(asked)).containsExactlyInAnyOrderElementsOf(expected);
            }
            case 2 -> lastSeen(seen, member, live);
            case 3 -> assertThat(seen.count()).isEqualTo(live.size());
            case 4 -> assertThat(seen.list()).containsExactlyInAnyOrderElementsOf(live);
            case 5 -> pages(seen, window, live);
            default -> member(seen.member(member), member, window);
        }
    }

    private void lastSeen(PresenceTopic topic, String member, Set<String> live) {
        Optional<Instant> lastSeen = topic.lastSeen(member);
        assertThat(lastSeen.isPresent()).as("%s is live", member).isEqualTo(live.contains(member));
        lastSeen.ifPresent(at -> aged(member, at, model.lastSeen(member)));
    }

    private void pages(PresenceTopic topic, long window, Set<String> live) {
        List<String> found = new ArrayList<>();
        int limit = 1 + random.nextInt(7);
        String cursor = null;
        do {
            MemberPage page = topic.page(cursor, limit);
            page.members().forEach(member -> {
                found.add(member.id());
                member(Optional.of(member), member.id(), window);
            });
            cursor = page.next();
        } while (cursor != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(live);
    }

    private void member(Optional<Member> found, String name, long window) {
        Map<String, ReferenceModel.Seen> expected = model.sessions(name, window);
        assertThat(found.isPresent()).as("%s is live", name).isEqualTo(!expected.isEmpty());
        if (found.isPresent()) {
            Map<String, @Nullable String> data = new HashMap<>();
            for (Session session : found.get().sessions()) {
                data.put(key(session), session.data());
                ReferenceModel.Seen seen = expected.get(key(session));
                assertThat(seen).as("live session %s of %s", session, name).isNotNull();
                aged(name, session.lastSeen(), Objects.requireNonNull(seen).at());
            }
            Map<String, @Nullable String> wanted = new HashMap<>();
            expected.forEach((session, seen) -> wanted.put(session, seen.data()));
            assertThat(data).as("sessions of %s", name).isEqualTo(wanted);
            assertThat(found.get().sessions()).hasSize(wanted.size());
            aged(name, found.get().lastSeen(), model.lastSeen(name));
        }
    }

    /** The store's time and the model's have no common zero, but ages compare. */
    private void aged(String member, Instant at, long expected) {
        long age = stage.millis() - at.toEpochMilli();
        assertThat(age - (model.now() - expected)).as("age of %s", member).isBetween(0L, DRIFT);
    }

    private void checkpoint() {
        played("checkpoint");
        stage.elapse(Duration.ZERO);
        watcher.awaitView(model.live(TTL.toMillis()));
    }

    private Touch anyTouch() {
        Touch touch = new Touch(anyMember(), random.nextInt(2) == 0 ? null : anySession(), null);
        return random.nextInt(3) == 0
                ? touch.withData(random.nextInt(3) == 0 ? "" : "data " + random.nextInt(3))
                : touch;
    }

    private String anyMember() {
        return "m" + random.nextInt(members);
    }

    private String anySession() {
        return "s" + random.nextInt(3);
    }

    private static String key(Session session) {
        return session.id() == null ? "" : session.id();
    }

    private void played(String operation) {
        played.addLast(node + ": " + operation);
        if (played.size() > REMEMBERED) {
            played.removeFirst();
        }
    }

    @Override
    public String toString() {
        return "Played last: " + played + ". Live by the model: " + model.live(TTL.toMillis()) + ", with sessions "
                + model + "; live by the events: " + watcher.view();
    }
}
