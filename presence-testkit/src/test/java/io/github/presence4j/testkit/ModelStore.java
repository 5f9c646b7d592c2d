package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Session;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store that is slow and right: one lock, plain maps, every question answered by looking at everything. */
class ModelStore extends CellRules implements PresenceStore {
    private static final String CURSOR = "after:";
    private static final int SWEEP = 1_000;
    private static final int ANSWER = 500;
    private volatile boolean closed;

    ModelStore(SharedState world) {
        super(world);
    }

    CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
        return change(topic, cell -> {
            record(cell, ttl(topic));
            cell.used = now();
            reclaim(cell, reclaimed());
            TouchOutcome outcome = new TouchOutcome(new TreeSet<>(), new HashSet<>(), new HashMap<>());
            touches.forEach(touch -> touch(cell, touch, outcome));
            return outcome;
        });
    }

    private void touch(ModelCell cell, Touch touch, TouchOutcome outcome) {
        String name = touch.session() == null ? "" : touch.session();
        forgetDepartures(cell);
        if (!name.isEmpty() && isBarred(cell, new ModelCell.Gone(touch.member(), name))) {
            ignore(touch, outcome);
            return;
        }
        renewLapsed(cell, touch);
        boolean joins = !cell.members.containsKey(touch.member());
        Map<String, ModelCell.Seen> sessions = cell.sessions(touch.member());
        forget(cell, touch.member());
        if (!admits(sessions, name)) {
            outcome.refused().put(touch, TouchOutcome.TOO_MANY_SESSIONS);
            return;
        }
        ModelCell.Seen before = sessions.get(name);
        String data = data(before == null ? null : before.data(), touch);
        sessions.put(name, new ModelCell.Seen(before == null ? now() : seen(before.at(), now()), data));
        if (joins) {
            outcome.joined().add(touch.member());
            append(cell, new PresenceEvent.Joined(touch.member(), touch.session(), data, cell.next(), false));
        } else if (touch.data() != null && (before == null || !touch.data().equals(before.data()))) {
            update(cell, touch, touch.data());
        }
    }

    CompletionStage<Set<String>> leave(Topic topic, List<Leave> leaves) {
        return change(topic, cell -> {
            cell.used = now();
            Set<String> left = new TreeSet<>();
            for (Leave leave : leaves) {
                if (leave(cell, leave)) {
                    left.add(leave.member());
                }
            }
            return left;
        });
    }

    boolean leave(ModelCell cell, Leave leave) {
        if (lapsed(cell, leave.member())) {
            expire(cell, leave.member());
        }
        forget(cell, leave.member());
        Map<String, ModelCell.Seen> sessions = cell.members.getOrDefault(leave.member(), new HashMap<>());
        String session = leave.session();
        Set<String> ending = session == null ? Set.copyOf(sessions.keySet()) : Set.of(session);
        for (String name : ending) {
            ModelCell.Seen there = sessions.remove(name);
            if (!name.isEmpty()) {
                bar(cell, new ModelCell.Gone(leave.member(), name), there != null);
            }
        }
        if (cell.members.containsKey(leave.member()) && !stays(cell, sessions)) {
            cell.members.remove(leave.member());
            append(cell, new PresenceEvent.Left(leave.member(), cell.next(), false));
            return true;
        }
        return false;
    }

    CompletionStage<Map<String, Member>> live(Topic topic, List<String> members) {
        return read(topic, cell -> {
            Map<String, Member> found = new HashMap<>();
            for (String member : members) {
                add(found, cell, topic, member);
            }
            return found;
        });
    }

    CompletionStage<Long> count(Topic topic) {
        return read(topic, cell -> (long) members(cell, topic).size());
    }

    CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        String after = place(cursor);
        return read(topic, cell -> {
            MemberPage page = page(members(cell, topic), after, limit);
            return page.next() == null ? page : new MemberPage(page.members(), CURSOR + page.next());
        });
    }

    /** Returns the position of a cursor. Refuses anything except null and a cursor that a page returned. */
    @Nullable
    String place(@Nullable String cursor) {
        if (cursor != null && !cursor.startsWith(CURSOR)) {
            throw new IllegalArgumentException("cursor must be the next of a page but was '" + cursor + "'");
        }
        return cursor == null ? null : cursor.substring(CURSOR.length());
    }

    /** In the order of the names, so that no touch moves anybody; the cursor is the last name. */
    MemberPage page(Map<String, Member> live, @Nullable String cursor, int limit) {
        List<Member> members = live.values().stream()
                .filter(member -> cursor == null || member.id().compareTo(cursor) > 0)
                .limit(limit + 1L)
                .toList();
        int size = fitting(members, limit);
        return size == members.size()
                ? new MemberPage(members, null)
                : new MemberPage(members.subList(0, size), members.get(size - 1).id());
    }

    CompletionStage<Void> reset(Topic topic) {
        return change(topic, cell -> {
            cell.used = now();
            empty(cell);
            cell.members.clear();
            cell.left.clear();
            return null;
        });
    }

    CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        return change(topic, cell -> {
            watch(cell, cursor);
            boolean more = reclaim(cell, SWEEP) == SWEEP;
            Changes changes = changes(cell, cursor, more);
            cell.told = changes.untilNext().equals(Changes.NEVER)
                    ? Long.MAX_VALUE
                    : now() + changes.untilNext().toMillis();
            return changes;
        });
    }

    void watch(ModelCell cell, @Nullable String cursor) {
        cell.watchedUntil = now() + 2 * Math.min(30_000, cell.ttl / 3 + 1);
    }

    Changes changes(ModelCell cell, @Nullable String cursor, boolean more) {
        long from = cursor == null ? -1 : from(cell, cursor);
        if (from < 0) {
            return new Changes(cursor(cell, cell.index), cell.position(), List.of(), true, next(cell, more));
        }
        List<ModelCell.Entry> after =
                cell.log.stream().filter(entry -> entry.index() > from).toList();
        List<ModelCell.Entry> told = after.subList(0, Math.min(ANSWER, after.size()));
        ModelCell.Entry last = told.isEmpty() ? null : told.get(told.size() - 1);
        return new Changes(
                cursor(cell, last == null ? cell.index : last.index()),
                last == null ? cell.position() : last.event().position(),
                told.stream().map(ModelCell.Entry::event).toList(),
                false,
                next(cell, more || told.size() < after.size()));
    }

    private Duration next(ModelCell cell, boolean more) {
        if (more) {
            return Duration.ZERO;
        }
        return cell.members.values().stream()
                .map(sessions -> untilNext(cell, millisToNext(cell, sessions)))
                .min(Duration::compareTo)
                .orElse(Changes.NEVER);
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public TopicStore topic(Topic topic) {
        return new ModelTopic(this, topic);
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener wake) {
        return world.onChange(id(topic), wake);
    }

    @Override
    public void close() {
        closed = true;
    }

    private <T extends @Nullable Object> CompletionStage<T> change(Topic topic, Function<ModelCell, T> operation) {
        if (closed) {
            return unavailable();
        }
        T answer;
        boolean changed;
        synchronized (world) {
            ModelCell cell = cell(topic);
            Position before = cell.position();
            answer = operation.apply(cell);
            changed = isDueEarlier(cell) || !cell.position().equals(before);
        }
        if (changed) {
            world.hint(id(topic.id()));
        }
        return CompletableFuture.completedFuture(answer);
    }

    private <T> CompletionStage<T> read(Topic topic, Function<ModelCell, T> operation) {
        if (closed) {
            return unavailable();
        }
        synchronized (world) {
            ModelCell found = world.cells.get(id(topic.id()));
            ModelCell cell = found == null || isForgotten(found) ? new ModelCell(0, ttl(topic)) : found;
            onRead(cell);
            return CompletableFuture.completedFuture(operation.apply(cell));
        }
    }

    boolean isClosed() {
        return closed;
    }

    static <T extends @Nullable Object> CompletionStage<T> unavailable() {
        return CompletableFuture.failedFuture(new PresenceUnavailableException("The model store is closed", null));
    }

    private ModelCell cell(Topic topic) {
        ModelCell cell = world.cells.get(id(topic.id()));
        if (cell == null || isForgotten(cell)) {
            cell = new ModelCell(mark(), ttl(topic));
            cell.used = now();
            world.cells.put(id(topic.id()), cell);
        }
        return cell;
    }

    private Map<String, Member> members(ModelCell cell, Topic topic) {
        Map<String, Member> live = new LinkedHashMap<>();
        cell.members.keySet().forEach(member -> add(live, cell, topic, member));
        return live;
    }

    private void add(Map<String, Member> found, ModelCell cell, Topic topic, String member) {
        long now = now();
        List<Session> sessions = new ArrayList<>();
        cell.members.getOrDefault(member, Map.of()).forEach((name, seen) -> {
            if (live(now - seen.at(), window(cell, topic))) {
                sessions.add(new Session(name.isEmpty() ? null : name, Instant.ofEpochMilli(seen.at()), seen.data()));
            }
        });
        sessions.stream()
                .map(Session::lastSeen)
                .max(Instant::compareTo)
                .ifPresent(lastSeen -> found.put(member, new Member(member, lastSeen, sessions)));
    }
}
