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
 * <p>Calls wait at most the configured timeout. A {@link PresenceException} is a {@link PresenceUnavailableException} if the
 * store is out of reach, and a {@link PresenceCapacityException} at a limit. Also thrown:
 * <ul>
 * <li>{@link IllegalArgumentException} before any I/O, if a text is empty, too long or has an unpaired surrogate
 * <li>{@link IllegalStateException} after {@link Presence#close}
 * </ul>
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

    /** {@return the topic's name, 1 to 512 bytes of UTF-8} */
    public String name() {
        return calls.topic().name();
    }

    /** {@return the TTL that a touch records; the store applies the one recorded last to the whole topic} */
    public Duration ttl() {
        return calls.topic().ttl();
    }

    /**
     * Sends a heartbeat of the member's default session. One round trip, O(log n); concurrent touches share round trips.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return whether the member was not live before
     * @throws PresenceException if the store fails, is out of reach, or refuses the member at a limit
     */
    public boolean touch(String member) {
        return joins(Touch.of(member));
    }

    /**
     * Sends a heartbeat of a named session. Has no effect if the session left within the last TTL. One round trip.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @param session the name of the tab, socket or device, 1 to 512 bytes of UTF-8
     * @return whether the member was not live before and is now
     * @throws PresenceException if the store fails, is out of reach, or refuses the member at a limit
     */
    public boolean touch(String member, String session) {
        return joins(Touch.of(member, session));
    }

    /**
     * Sends a heartbeat of a named session with data. One round trip.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @param session the name of the tab, socket or device, 1 to 512 bytes of UTF-8
     * @param data replaces the session's data; usually JSON, at most 4 KiB of UTF-8
     * @return whether the member was not live before and is now
     * @throws PresenceException if the store fails, is out of reach, or refuses the member at a limit
     */
    public boolean touch(String member, String session, String data) {
        return joins(Touch.of(member, session, data));
    }

    /**
     * Sends one heartbeat. Only this method reports that it had no effect because its session left. One round trip.
     *
     * @param touch the heartbeat: member, session and data
     * @return the result of the touch
     * @throws PresenceException if the store fails, is out of reach, or refuses the member at a limit
     */
    public TouchResult touch(Touch touch) {
        return calls.await(calls.touch(touch));
    }

    private boolean joins(Touch touch) {
        return touch(touch) == TouchResult.JOINED;
    }

    /**
     * Sends many heartbeats, applied in their order. One round trip per shard; a store splits a large call into parts.
     *
     * @param touches the heartbeats, any number
     * @return the members that were not live before and are now
     * @throws PresenceCapacityException if a limit of the store refuses some touches; all others took effect
     * @throws PresenceException if the store fails or is out of reach; some touches may have taken effect
     */
    public Set<String> touch(Collection<Touch> touches) {
        return calls.await(calls.touch(touches));
    }

    /**
     * Sends heartbeats of the default sessions of many members, as {@link #touch(Collection)}.
     *
     * @param members the ids of the members, any number
     * @return the members that were not live before
     * @throws PresenceException as {@link #touch(Collection)}
     */
    public Set<String> touchAll(Collection<String> members) {
        return touch(TopicCalls.touches(members));
    }

    /**
     * Ends all sessions of a member, which then leaves. One round trip.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return whether the member was live
     * @throws PresenceException if the store fails or is out of reach
     */
    public boolean leave(String member) {
        return calls.await(calls.leave(member, null));
    }

    /**
     * Ends one session; the member leaves with its last one. A late heartbeat does not revive it for one TTL. One round trip.
     *
     * @param member the id of the session's member, 1 to 512 bytes of UTF-8
     * @param session the session's name, 1 to 512 bytes of UTF-8; a returning tab needs a new one
     * @return whether the member was live and is no longer
     * @throws PresenceException if the store fails or is out of reach
     */
    public boolean leave(String member, String session) {
        return calls.await(calls.leave(member, Objects.requireNonNull(session, "session")));
    }

    /**
     * {@return whether a session of the member was touched within the TTL} One round trip, O(1); concurrent reads share one.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @throws PresenceException if the store fails or is out of reach; never answers false instead
     */
    public boolean isLive(String member) {
        return reads.await(reads.isLive(member));
    }

    /**
     * {@return which of some members are live} One round trip per shard.
     *
     * @param members the ids to look up, any number
     * @throws PresenceException if the store fails or is out of reach
     */
    public Set<String> liveAmong(Collection<String> members) {
        return reads.await(reads.liveAmong(members));
    }

    /**
     * {@return when a live member was last touched, by the store's clock, in ms; empty if it is not live} One round trip.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @throws PresenceException if the store fails or is out of reach
     */
    public Optional<Instant> lastSeen(String member) {
        return reads.await(reads.lastSeen(member));
    }

    /**
     * {@return a live member with its sessions and their data; empty if it is not live} One round trip.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @throws PresenceException if the store fails or is out of reach
     */
    public Optional<Member> member(String member) {
        return reads.await(reads.member(member));
    }

    /**
     * {@return the number of live members} One round trip per shard; O(log n), or O(n) within a window in memory.
     *
     * @throws PresenceException if the store fails or is out of reach
     */
    public long count() {
        return reads.await(reads.count());
    }

    /**
     * {@return the ids of all live members, each once, unordered} A trip per 2,000 to 8,000 ids, each step within the timeout.
     *
     * @throws PresenceException if the store fails or is out of reach
     */
    public List<String> list() {
        return reads.listBlocking();
    }

    /**
     * Reads a part of the listing. All pages together have a member exactly once if it is live throughout. One trip, O(limit).
     *
     * @param cursor null for the first page, then {@link MemberPage#next} of the one before
     * @param limit the highest number of members in the page, from 1 to 10,000
     * @return the page, with the sessions and data of the members
     * @throws IllegalArgumentException if the limit is out of bounds or no page returned this cursor
     * @throws PresenceException if the store fails or is out of reach
     */
    public MemberPage page(@Nullable String cursor, int limit) {
        return reads.await(reads.page(cursor, limit));
    }

    /**
     * Returns this topic with a shorter window for reads, such as "active in the last minute". No other method uses the window.
     *
     * @param window the longest time since the last touch, from 1 ms to the TTL in whole milliseconds
     * @return the topic with the window; makes no call to the store
     * @throws IllegalArgumentException if the window is out of bounds
     */
    public PresenceTopic within(Duration window) {
        ArgumentChecks.ttl("window", window);
        ArgumentChecks.between("window", window, Duration.ofMillis(1), ttl());
        return new PresenceTopic(calls, calls.within(window), watches, leases);
    }

    /**
     * Delivers a snapshot of the live members, then every change in order, each once. The watch resynchronises after any
     * disturbance, and reports when the store does not answer. Returns at once; the snapshot follows once the store answers.
     *
     * <p>Events of one watch come one at a time, on the listener executor. A listener that blocks or throws does not affect
     * others. If its queue stays full for a quarter of the sweep interval, it receives the difference once the queue is empty.
     * A quiet topic costs one call per third of the TTL, or per 30 seconds if sooner, for all its listeners.
     *
     * @param listener receives the events; the first one is a {@link PresenceEvent.Snapshot}
     * @return the subscription; closing it ends the watch
     */
    public Subscription watch(Consumer<? super PresenceEvent> listener) {
        calls.requireOpen();
        return watches.watch(calls, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Keeps a member live through a session with a random name, as {@link #hold(Touch)}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return the lease, until it is closed or the process dies
     * @throws PresenceException if a limit refuses the member, or the store fails other than by an outage
     */
    public Lease hold(String member) {
        return hold(member, UUID.randomUUID().toString());
    }

    /**
     * Keeps a member live through a named session, as {@link #hold(Touch)}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @param session the name of the tab, socket or device, 1 to 512 bytes of UTF-8
     * @return the lease; already ended if the session left within the last TTL, as {@link Lease#state} reports
     * @throws PresenceException if a limit refuses the member, or the store fails other than by an outage
     */
    public Lease hold(String member, String session) {
        return hold(Touch.of(member, session));
    }

    /**
     * Keeps a session and its data live by heartbeats. One round trip; if the store is out of reach, the lease retries.
     *
     * @param touch member, session and data; a random name is used if it has no session
     * @return the lease; already ended if the session left within the last TTL, as {@link Lease#state} reports
     * @throws PresenceException if a limit refuses the session, or the store fails other than by an outage
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
     * Empties the topic atomically: one Reset event, a new epoch. Sessions that left may come back at once. One trip per shard.
     *
     * @throws PresenceException if the store fails or is out of reach
     */
    public void reset() {
        calls.await(calls.reset());
    }

    /** {@return the same topic without waiting; a window of this one applies} */
    public AsyncPresenceTopic async() {
        return new AsyncPresenceTopic(calls, reads);
    }
}
