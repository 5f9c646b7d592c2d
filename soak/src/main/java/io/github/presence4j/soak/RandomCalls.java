package io.github.presence4j.soak;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Lease;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Makes calls of every kind on one thread, chosen by a seed. At the end it closes everything that it opened. */
final class RandomCalls {
    private static final int KINDS = 40;
    private static final int MEMBERS = 300;
    private static final int MOST_OPEN = 5;
    private static final int MOST_PENDING = 100;

    private final Presence presence;
    private final Random random;
    private final CallCounts counts;
    private final Deque<Lease> leases = new ArrayDeque<>();
    private final Deque<Subscription> watches = new ArrayDeque<>();
    private final Deque<CompletableFuture<?>> pending = new ArrayDeque<>();

    RandomCalls(Presence presence, long seed, CallCounts counts) {
        this.presence = presence;
        this.random = new Random(seed);
        this.counts = counts;
    }

    void next() {
        int kind = random.nextInt(KINDS);
        PresenceTopic topic = anyTopic();
        if (kind < 20) {
            counts.call(() -> change(topic, kind));
        } else if (kind < 30) {
            counts.call(() -> read(random.nextInt(4) == 0 ? topic.within(Duration.ofSeconds(3)) : topic, kind));
        } else if (kind < 38) {
            later(topic.async(), kind);
        } else {
            open(topic, kind);
        }
    }

    private PresenceTopic anyTopic() {
        List<String> all = SoakTopics.all();
        return presence.topic(all.get(random.nextInt(all.size())));
    }

    private String member() {
        return "m" + random.nextInt(MEMBERS);
    }

    private String session() {
        return "s" + random.nextInt(3);
    }

    private List<String> members(int most) {
        return IntStream.range(0, 1 + random.nextInt(most))
                .mapToObj(i -> member())
                .distinct()
                .toList();
    }

    private void change(PresenceTopic topic, int kind) {
        if (kind < 6) {
            topic.touch(member());
        } else if (kind < 9) {
            topic.touch(member(), session());
        } else if (kind < 12) {
            topic.touch(member(), session(), "data " + random.nextInt(3));
        } else if (kind < 14) {
            topic.touch(members(20).stream()
                    .map(member -> Touch.of(member, session()).withData("bulk"))
                    .toList());
        } else if (kind < 15) {
            topic.touchAll(members(600));
        } else if (kind < 17) {
            topic.leave(member());
        } else if (kind < 19 || random.nextInt(20) > 0) {
            topic.leave(member(), session());
        } else if (!topic.name().equals(SoakTopics.STEADY)) {
            topic.reset();
        }
    }

    private void read(PresenceTopic topic, int kind) {
        switch (kind % 8) {
            case 0 -> topic.isLive(member());
            case 1 -> topic.liveAmong(members(300));
            case 2 -> topic.lastSeen(member());
            case 3 -> topic.member(member());
            case 4 -> topic.count();
            case 5 -> topic.list();
            default -> page(topic);
        }
    }

    private void page(PresenceTopic topic) {
        MemberPage page = topic.page(null, 100);
        if (page.next() != null) {
            topic.page(page.next(), 100);
        }
    }

    private void later(AsyncPresenceTopic topic, int kind) {
        if (pending.size() >= MOST_PENDING) {
            pending.remove().handle((done, failure) -> done).join();
        }
        long began = System.nanoTime();
        counts.call(() -> pending.add(async(topic, kind)
                .whenComplete((done, failure) -> {
                    counts.ended(began);
                    if (failure != null) {
                        counts.failed(failure);
                    }
                })
                .toCompletableFuture()));
    }

    private CompletionStage<?> async(AsyncPresenceTopic topic, int kind) {
        return switch (kind) {
            case 30, 31 -> topic.touch(member());
            case 32 -> topic.touch(member(), session(), "later");
            case 33 -> topic.leave(member(), session());
            case 34 -> topic.isLive(member());
            case 35 -> topic.touchAll(members(20));
            case 36 -> topic.list();
            default -> topic.count();
        };
    }

    private void open(PresenceTopic topic, int kind) {
        if (kind == 38) {
            if (leases.size() >= MOST_OPEN) {
                counts.call(leases.remove()::close);
            }
            counts.call(() -> leases.add(topic.hold(member())));
        } else {
            if (watches.size() >= MOST_OPEN) {
                counts.call(watches.remove()::close);
            }
            counts.call(() -> watches.add(topic.watch(event -> {})));
        }
    }

    /** Closes everything that is open, and waits for the calls under way. */
    void end() {
        leases.forEach(lease -> counts.call(lease::close));
        watches.forEach(watch -> counts.call(watch::close));
        pending.forEach(stage -> stage.handle((done, failure) -> done).join());
        leases.clear();
        watches.clear();
        pending.clear();
    }
}
