package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ModelStore} decides. Each decision is a method of its own, so that a broken store differs from the one that is
 * right by a line or two.
 */
class CellRules {
    private static final int LOG = 2_000;
    private static final int RECLAIM = 64;
    private static final long PAGE_BYTES = 1 << 20;
    private static final long LOG_BYTES = 1 << 20;
    private static final long KEPT_MILLIS = 60_000;

    final SharedState world;

    CellRules(SharedState world) {
        this.world = world;
    }

    long now() {
        return world.now();
    }

    boolean live(long age, long ttl) {
        return age <= ttl;
    }

    long ttl(Topic topic) {
        return topic.ttl().toMillis();
    }

    void record(ModelCell cell, long ttl) {
        if (cell.ttl != ttl) {
            reclaim(cell, Integer.MAX_VALUE);
            List.copyOf(cell.members.keySet()).forEach(member -> forget(cell, member));
            cell.leastTtl = Math.min(cell.leastTtl, Math.min(cell.ttl, ttl));
            cell.ttl = ttl;
        }
    }

    /** Returns whether watchers must be signalled, because a timeout is due before they poll. */
    boolean isDueEarlier(ModelCell cell) {
        long due = cell.members.values().stream()
                .mapToLong(sessions -> lastSeen(sessions) + cell.ttl + 1)
                .min()
                .orElse(Long.MAX_VALUE);
        boolean earlier = cell.watchedUntil >= now() && due < cell.told;
        cell.told = Math.min(cell.told, due);
        return earlier;
    }

    /** Returns when a watcher must poll. Considers the shortest TTL as well, which may be recorded again without a signal. */
    long millisToNext(ModelCell cell, Map<String, ModelCell.Seen> sessions) {
        long age = now() - lastSeen(sessions);
        return 1 + (age <= cell.leastTtl ? Math.min(cell.ttl, cell.leastTtl) : cell.ttl) - age;
    }

    long window(ModelCell cell, Topic topic) {
        return topic.window() == null
                ? cell.ttl
                : Math.min(cell.ttl, topic.window().toMillis());
    }

    TopicId id(TopicId topic) {
        return topic;
    }

    long seen(long before, long now) {
        return Math.max(before, now);
    }

    @Nullable
    String data(@Nullable String before, Touch touch) {
        return touch.data() == null ? before : touch.data();
    }

    boolean isBarred(ModelCell cell, ModelCell.Gone session) {
        return cell.left.containsKey(session);
    }

    void bar(ModelCell cell, ModelCell.Gone session, boolean wasThere) {
        cell.left.put(session, now());
    }

    /** Records that a touch was ignored, because its session left. */
    void ignore(Touch touch, TouchOutcome outcome) {
        outcome.ignored().add(touch);
    }

    /** Returns whether a member may have this session in addition to its live ones. */
    boolean admits(Map<String, ModelCell.Seen> sessions, String name) {
        return sessions.size() < TouchOutcome.MAX_SESSIONS || sessions.containsKey(name);
    }

    /** Whether a member stays whose session ended. */
    boolean stays(ModelCell cell, Map<String, ModelCell.Seen> sessions) {
        return isLive(cell, sessions, cell.ttl);
    }

    void timeOut(ModelCell cell, String member) {
        append(cell, new PresenceEvent.TimedOut(member, cell.next()));
    }

    void update(ModelCell cell, Touch touch, String data) {
        append(cell, new PresenceEvent.Updated(touch.member(), touch.session(), data, cell.next(), false));
    }

    void empty(ModelCell cell) {
        cell.epoch = world.nextEpoch();
        cell.seq = 0;
        append(cell, new PresenceEvent.Reset(cell.next()));
    }

    boolean isIdle(ModelCell cell) {
        return now() > Math.max(cell.used + cell.ttl + KEPT_MILLIS, cell.watchedUntil);
    }

    int reclaimed() {
        return RECLAIM;
    }

    Duration untilNext(ModelCell cell, long millis) {
        return Duration.ofMillis(Math.max(1, millis));
    }

    void renewLapsed(ModelCell cell, Touch touch) {
        if (lapsed(cell, touch.member())) {
            expire(cell, touch.member());
        }
    }

    void onRead(ModelCell cell) {}

    /** Drops the lapsed sessions of a member. */
    void forget(ModelCell cell, String member) {
        Map<String, ModelCell.Seen> sessions = cell.members.getOrDefault(member, new HashMap<>());
        sessions.values().removeIf(seen -> !live(now() - seen.at(), cell.ttl));
    }

    void append(ModelCell cell, PresenceEvent event) {
        cell.index++;
        if (cell.watchedUntil >= now()) {
            ModelCell.Entry entry = new ModelCell.Entry(cell.index, event);
            cell.log.addLast(entry);
            cell.logBytes += entry.bytes();
        } else {
            freeLog(cell);
            cell.logStart = cell.index;
        }
        while (isLogFull(cell)) {
            ModelCell.Entry first = cell.log.removeFirst();
            cell.logBytes -= first.bytes();
            cell.logStart = first.index();
        }
    }

    /** Drops the events of a topic that is not watched any more. */
    void freeLog(ModelCell cell) {
        cell.log.clear();
        cell.logBytes = 0;
    }

    boolean isLogFull(ModelCell cell) {
        return cell.log.size() > LOG || cell.logBytes > LOG_BYTES;
    }

    void forgetDepartures(ModelCell cell) {
        cell.left.values().removeIf(at -> now() - at > cell.ttl);
    }

    /** Returns the number that tells a topic from one of the same name that was reclaimed. */
    long mark() {
        return world.nextEpoch();
    }

    /** Returns whether the store must take a topic for one that does not exist. */
    boolean isForgotten(ModelCell cell) {
        return isIdle(cell);
    }

    int reclaim(ModelCell cell, int most) {
        List<String> lapsed = cell.members.keySet().stream()
                .filter(member -> lapsed(cell, member))
                .limit(most)
                .toList();
        lapsed.forEach(member -> expire(cell, member));
        return lapsed.size();
    }

    void expire(ModelCell cell, String member) {
        cell.members.remove(member);
        timeOut(cell, member);
    }

    boolean lapsed(ModelCell cell, String member) {
        Map<String, ModelCell.Seen> sessions = cell.members.get(member);
        return sessions != null && !isLive(cell, sessions, cell.ttl);
    }

    boolean isLive(ModelCell cell, Map<String, ModelCell.Seen> sessions, long window) {
        return sessions.values().stream().anyMatch(seen -> live(now() - seen.at(), window));
    }

    static long lastSeen(Map<String, ModelCell.Seen> sessions) {
        return sessions.values().stream().mapToLong(ModelCell.Seen::at).max().orElse(0);
    }

    /** Returns the number of members of a page: up to its limit, and up to its bytes but at least one. */
    int fitting(List<Member> members, int limit) {
        long bytes = 0;
        int size = 0;
        for (Member member : members) {
            bytes += member.sessions().stream()
                    .map(Session::data)
                    .filter(Objects::nonNull)
                    .mapToLong(data -> data.getBytes(StandardCharsets.UTF_8).length)
                    .sum();
            if (size == limit || (size > 0 && bytes > PAGE_BYTES)) {
                break;
            }
            size++;
        }
        return size;
    }

    /** Returns the number of the event to continue after; negative for a gap. */
    long from(ModelCell cell, String cursor) {
        int colon = cursor.indexOf(':');
        long birth = Long.parseLong(cursor.substring(0, colon));
        long index = Long.parseLong(cursor.substring(colon + 1));
        return birth == cell.birth && index >= cell.logStart ? index : -1;
    }

    static String cursor(ModelCell cell, long index) {
        return cell.birth + ":" + index;
    }
}
