package io.github.presence4j;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One topic, such as a room, a document or a page, and its members. Thread-safe.
 *
 * <p>Every call waits for the store, at most the configured timeout. All throw {@link NullPointerException} or
 * {@link IllegalArgumentException} for a bad argument before any I/O (E1), {@link PresenceUnavailableException} when the
 * store is out of reach (E2), another {@link PresenceException} when it fails otherwise (E6), and
 * {@link IllegalStateException} after {@link Presence#close} (E4). Names have 1 to 512 bytes of UTF-8 and any characters.
 */
public final class PresenceTopic {
    private final TopicCalls calls;
    private final TopicCalls reads;
    private final WatchRegistry watches;
    private final Leases leases;

    PresenceTopic(TopicCalls calls, WatchRegistry watches, Leases leases) {
        this(calls, calls, watches, leases);
    }

    private PresenceTopic(TopicCalls calls, TopicCalls reads, WatchRegistry watches, Leases leases) {
        this.calls = calls;
        this.reads = reads;
        this.watches = watches;
        this.leases = leases;
    }

    /** {@return the topic's name} */
    public String name() {
        return calls.topic().name();
    }

    /** {@return the TTL that a touch records; the store applies the last recorded one to the whole topic (T5)} */
    public Duration ttl() {
        return calls.topic().ttl();
    }

    /**
     * A heartbeat of the member's default session. One round trip, O(log n); concurrent touches share trips.
     *
     * @param member the member's id
     * @return whether the member was not live before
     */
    public boolean touch(String member) {
        return joins(Touch.of(member));
    }

    /**
     * A heartbeat of a named session. Ignored if the session left within the last TTL: left is left (S5).
     *
     * @param member the member's id
     * @param session the tab, socket or device
     * @return whether the member was not live before and is now
     */
    public boolean touch(String member, String session) {
        return joins(Touch.of(member, session));
    }

    /**
     * A heartbeat of a named session with data.
     *
     * @param member the member's id
     * @param session the tab, socket or device
     * @param data a short text, usually JSON, at most 4 KiB of UTF-8
     * @return whether the member was not live before and is now
     */
    public boolean touch(String member, String session, String data) {
        return joins(Touch.of(member, session).withData(data));
    }

    /**
     * Sends one heartbeat of any kind. Unlike the other methods, the result also reports that the heartbeat was ignored because
     * the session left within the last TTL. One round trip, O(log n); concurrent touches share round trips.
     *
     * @param touch the heartbeat: member, session and data
     * @return the result of the touch
     * @throws PresenceCapacityException if a limit of the store refuses the member or session
     */
    public TouchResult touch(Touch touch) {
        return calls.await(calls.touch(touch));
    }

    private boolean joins(Touch touch) {
        return touch(touch) == TouchResult.JOINED;
    }

    /**
     * Many heartbeats of any kind in one trip per shard (R5), applied in their order.
     *
     * @param touches the heartbeats
     * @return the members that were not live before and are now
     * @throws PresenceCapacityException if a limit of the store refuses some touches; all others took effect
     */
    public Set<String> touch(Collection<Touch> touches) {
        return calls.await(calls.touch(touches));
    }

    /**
     * Many heartbeats of default sessions in one trip per shard (R5).
     *
     * @param members the ids of the members
     * @return the members that were not live before
     */
    public Set<String> touchAll(Collection<String> members) {
        return touch(TopicCalls.touches(members));
    }

    /**
     * Ends all sessions of a member, which then leaves (S2). One round trip.
     *
     * @param member the member's id
     * @return whether the member was live
     */
    public boolean leave(String member) {
        return calls.await(calls.leave(member, null));
    }

    /**
     * Ends one session (S2); the member leaves with its last live one. One round trip. The session is not revived by a late
     * heartbeat for at least one TTL (S5), so give a returning tab a new name.
     *
     * @param member the id of the session's member
     * @param session the session
     * @return whether the member was live and is no longer
     */
    public boolean leave(String member, String session) {
        return calls.await(calls.leave(member, Objects.requireNonNull(session, "session")));
    }

    /**
     * Whether a session of the member was touched within the TTL (T1). One round trip, O(1); concurrent reads share trips.
     *
     * @param member the member's id
     * @return whether at least one session of the member was touched within the TTL
     */
    public boolean isLive(String member) {
        return reads.await(reads.isLive(member));
    }

    /**
     * Which of some members are live, in one trip per shard (R5).
     *
     * @param members the ids to look up
     * @return the live ones among them
     */
    public Set<String> liveAmong(Collection<String> members) {
        return reads.await(reads.liveAmong(members));
    }

    /**
     * When a live member was last seen, by the store's clock (T2). One round trip.
     *
     * @param member the member's id
     * @return the time in whole milliseconds; empty if the member is not live
     */
    public Optional<Instant> lastSeen(String member) {
        return reads.await(reads.lastSeen(member));
    }

    /**
     * A live member with its sessions and their data. One round trip.
     *
     * @param member the member's id
     * @return the member; empty if it is not live
     */
    public Optional<Member> member(String member) {
        return reads.await(reads.member(member));
    }

    /**
     * How many members are live. One round trip per shard; O(log n), or O(n) within a window in memory.
     *
     * @return the number of live members
     */
    public long count() {
        return reads.await(reads.count());
    }

    /**
     * The names of all live members, each once (R2). One round trip reads up to 8,000 names. For a topic of millions,
     * {@link #page} uses less memory.
     *
     * @return the names, in no particular order
     */
    public List<String> list() {
        return reads.listBlocking();
    }

    /**
     * A part of the listing, with sessions and data. Over all pages, a member that is live throughout appears exactly once
     * (R2). One round trip, O(limit).
     *
     * @param cursor null for the first page, then {@link MemberPage#next} of the one before
     * @param limit how many members at the most, from 1 to 10,000
     * @return the page
     */
    public MemberPage page(@Nullable String cursor, int limit) {
        return reads.await(reads.page(cursor, limit));
    }

    /**
     * Returns the same topic with a shorter window for reads, such as "active in the last minute" (T6). The window does not
     * affect touch, leave, watch, hold and reset.
     *
     * @param window 1 ms to the TTL, whole milliseconds
     * @return the topic with the window
     */
    public PresenceTopic within(Duration window) {
        ArgumentChecks.ttl("window", window);
        ArgumentChecks.between("window", window, Duration.ofMillis(1), ttl());
        return new PresenceTopic(calls, calls.within(window), watches, leases);
    }

    /**
     * Delivers a snapshot of the live members to a listener, then every change in order, each once (W1, W2). The watch
     * resynchronises after any disturbance (W5), and reports when the store does not answer (W9). Returns at once, even if
     * the store is out of reach; the snapshot follows once the store answers.
     *
     * <p>Events of one watch are delivered one at a time, on the listener executor; by default at most 64 listeners of one
     * {@link Presence} run at once. A listener that blocks or throws does not affect other listeners (W6). A listener that
     * leaves its queue full for a quarter of the sweep interval is slow: it receives the difference once the queue is
     * empty.
     *
     * <p>While nothing changes, a watched topic costs the store one call per third of the TTL, or one every 30 seconds if
     * that is sooner. The number of listeners in the process does not matter.
     *
     * @param listener receives the events; the first one is a {@link PresenceEvent.Snapshot}
     * @return ends the watch when closed
     */
    public Subscription watch(Consumer<? super PresenceEvent> listener) {
        calls.requireOpen();
        return watches.watch(calls, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Keeps a member live through a session with a random name, until the lease is closed or the process dies. One round trip; if
     * the store is out of reach, returns after at most the timeout, and the lease retries.
     *
     * @param member the member's id
     * @return the lease
     * @throws PresenceCapacityException if a limit of the store refuses the member or session
     */
    public Lease hold(String member) {
        return hold(member, UUID.randomUUID().toString());
    }

    /**
     * Keeps a member live through a named session, until the lease is closed or the process dies. A session that left within the
     * last TTL cannot be held: the returned lease has then ended already, as {@link Lease#state} reports.
     *
     * @param member the member's id
     * @param session the tab, socket or device
     * @return the lease
     * @throws PresenceCapacityException if a limit of the store refuses the member or session
     */
    public Lease hold(String member, String session) {
        return hold(Touch.of(member, session));
    }

    /**
     * Keeps a session live, repeating its data with every beat, until the lease is closed or the process dies.
     *
     * @param touch member, session and data; a random name is used if it has no session
     * @return the lease
     * @throws PresenceCapacityException if a limit of the store refuses the member or session
     */
    public Lease hold(Touch touch) {
        Objects.requireNonNull(touch, "touch");
        calls.requireOpen();
        Touch named = touch.session() != null
                ? touch
                : new Touch(touch.member(), UUID.randomUUID().toString(), touch.data());
        return leases.hold(calls, named);
    }

    /**
     * Empties the topic atomically (G3): one Reset event, a new epoch. Sessions that left may come back at once. One round
     * trip per shard.
     */
    public void reset() {
        calls.await(calls.reset());
    }

    /** {@return the same topic without waiting; a window of this one applies} */
    public AsyncPresenceTopic async() {
        return new AsyncPresenceTopic(calls, reads);
    }
}
