package io.github.presence4j.cell;

import io.github.presence4j.Touch;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TouchOutcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one topic, or of one shard of it: its members, the sessions that left, and the events. Callers need a lock,
 * except for {@link #renew}, {@link #ttl} and the methods of {@link #look}'s result that say so. Times are milliseconds
 * since 1970 and never decrease from one call to the next.
 *
 * <p>A change depends only on the state, its arguments and the given time. So copies of a cell that receive the same calls
 * stay equal, in the order of their events too. Reads change nothing that a later call could see.
 */
public final class CellState {
    static final int EVENTS = 1000;

    private final Transitions members;
    private final CellTimeouts timeouts;

    /**
     * Creates a cell without members.
     *
     * @param capacity the members that the store may still accept
     * @param ttl the TTL until a touch records one, in milliseconds
     * @param mark a random number that distinguishes the log of this cell from every other log
     */
    public CellState(Capacity capacity, long ttl, long mark) {
        this(new CellTimeouts(new Transitions(capacity, mark), new SessionLifetime(ttl, 0)));
    }

    CellState(CellTimeouts timeouts) {
        this.members = timeouts.members();
        this.timeouts = timeouts;
    }

    /** {@return the TTL recorded last, in milliseconds} Needs no lock. */
    public long ttl() {
        return timeouts.lifetime().ttl();
    }

    /** {@return the number of stored members, live or expired} O(1). */
    public int size() {
        return members.roster().size();
    }

    /** {@return the number of stored members, of sessions that left and are remembered, and of events in the log} O(1). */
    public int stored() {
        return size() + members.departures() + members.log().size();
    }

    /** {@return whether events are kept, because the topic is watched} */
    public boolean isWatched() {
        return members.log().isWatched();
    }

    /**
     * {@return the time at which a member may expire next, never later than the true one; {@link Long#MAX_VALUE} without
     * members} O(1).
     */
    public long nextExpiry() {
        return timeouts.next();
    }

    /** {@return whether anything that watchers should see has changed since the previous call} */
    public boolean takeChanged() {
        return members.takeChanged();
    }

    /**
     * Renews a live session, under the recorded TTL, if the touch has no data or those that the session has. Needs no lock,
     * allocates nothing. Costs about the same however many sessions the member has.
     *
     * @param touch the heartbeat
     * @param callersTtl the TTL that a touch would record, in milliseconds
     * @param now the time, read just before the call
     * @return false if {@link #touch} has to be called, and nothing was done
     */
    public boolean renew(Touch touch, long callersTtl, long now) {
        MemberEntry entry = members.roster().find(touch.member());
        return entry != null && timeouts.renew(entry, touch, callersTtl, now);
    }

    /**
     * Applies heartbeats, in the order given. Also reclaims expired members, at least as many as there are touches. O(log
     * members) each. Members that have expired under the current TTL are not revived by another one.
     *
     * @param touches the heartbeats, any number
     * @param callersTtl the TTL to record, in milliseconds
     * @param now the time
     * @return the effects; the caller may modify the collections
     */
    public TouchOutcome touch(Collection<Touch> touches, long callersTtl, long now) {
        timeouts.record(callersTtl, now);
        timeouts.forget(now);
        TouchOutcome outcome = new TouchOutcome(new HashSet<>(), new HashSet<>(), new HashMap<>());
        touches.forEach(touch -> members.touch(touch, now, timeouts.lifetime(), outcome));
        timeouts.sweep(now, Limits.TIMEOUTS_PER_CALL + touches.size());
        timeouts.signalIfEarlier();
        return outcome;
    }

    /**
     * Ends sessions, and remembers the named ones for one TTL: until then, a late heartbeat does not revive them. A member
     * leaves with its last session. O(log members) each.
     *
     * @param leaves the sessions or members that leave
     * @param now the time
     * @return the members that were live and no longer are
     */
    public Set<String> leave(Collection<Leave> leaves, long now) {
        timeouts.forget(now);
        Set<String> left = new HashSet<>();
        for (Leave leave : leaves) {
            if (members.leave(leave, now, timeouts.lifetime())) {
                left.add(leave.member());
            }
        }
        timeouts.signalIfEarlier();
        return left;
    }

    /**
     * Empties the cell: one Reset event in a new epoch.
     *
     * @param epoch a random number, the id of the new epoch
     * @param now the time
     */
    public void reset(long epoch, long now) {
        members.reset(epoch, now);
    }

    /**
     * Records up to 1000 timeouts that are due, then returns up to 1000 events. Keeps the log for the next 90 seconds.
     *
     * @param cursor the watcher's cursor; null in its first call
     * @param epoch a random number; used if the watcher saw events that this copy of the cell has lost, so that no seq is used
     *     twice
     * @param now the time
     * @return the events after the cursor
     * @throws NumberFormatException if the cursor has the mark of this cell and its seq is no number; other alterations are a gap
     */
    public Changes changesSince(@Nullable String cursor, long epoch, long now) {
        return timeouts.tell(cursor, epoch, now).changes(EVENTS);
    }

    /**
     * Does the same as {@link #changesSince} for one cell of several, and returns the time of each event and the cursor after
     * it.
     *
     * @param cursor the watcher's cursor, or one of the constants of {@link ShardChanges}
     * @param limit the highest number of events, 1 or more
     * @param epoch a random number; used if the watcher saw events that this copy of the cell has lost
     * @param now the time
     * @return the events after the cursor
     * @throws NumberFormatException if the cursor has the mark of this cell and its seq is no number; other alterations are a gap
     */
    public ShardChanges shardChangesSince(String cursor, int limit, long epoch, long now) {
        return timeouts.tell(cursor, epoch, now).shardChanges(limit);
    }

    /**
     * Keeps the log for the next 90 seconds.
     *
     * @param now the time
     */
    public void keepHistory(long now) {
        members.log().keepUntil(now + Limits.WATCHED_MILLIS);
    }

    /**
     * Raises the clock that gives each event its time, for cells whose events are put in one order. Without such calls it
     * counts the events.
     *
     * @param time a lower bound: the time of the next event is greater
     */
    public void raise(long time) {
        members.log().raise(time);
    }

    /**
     * Does the work that is due without a request: records up to 64 timeouts, and drops the log if the topic is not watched.
     *
     * @param now the time
     * @return whether more timeouts may be due
     */
    public boolean tend(long now) {
        return reclaim(now, Limits.TIMEOUTS_PER_CALL);
    }

    /**
     * Does the same as {@link #tend}, with another limit.
     *
     * @param now the time
     * @param limit the number of members and sessions after which no further member is examined
     * @return whether more timeouts may be due
     */
    public boolean reclaim(long now, int limit) {
        timeouts.forget(now);
        return timeouts.sweep(now, limit);
    }

    /**
     * Prepares a {@link CellReader#count} by the TTL in bounded steps; when nothing is left to prepare, the count is O(1). Has
     * no visible effect except on the order of later timeouts, so it must not be called for a cell that has copies.
     *
     * @param now the time
     * @param limit the number of members and sessions after which no further member is examined
     * @return whether there is more to prepare
     */
    public boolean prepareCount(long now, int limit) {
        return members.roster().settle(timeouts.lifetime().cutoff(now), limit);
    }

    /** Returns the number of departed sessions that are remembered; for tests of B4. */
    int departures() {
        return members.departures();
    }

    /** Returns the number of events in the log; for tests of B3. */
    int events() {
        return members.log().size();
    }

    /** Removes all members without events, since the cell is discarded. */
    public void clear() {
        members.clear();
    }

    /**
     * Returns a reader of the cell at one time. O(1).
     *
     * @param now the time, read before the call
     * @param window a shorter window than the TTL; null to read by the TTL
     * @return the reader of the cell
     */
    public CellReader look(long now, @Nullable Duration window) {
        return CellReader.at(members.roster(), members.log(), now, timeouts.lifetime(), window);
    }

    /**
     * Merges two copies of a cell that diverged during a network split. Keeps every session of either copy with the later
     * {@code lastSeen}, except sessions that left on the other side after that time. The copy with more members decides the
     * TTL.
     *
     * @param capacity the members that the store may still accept; may be exceeded
     * @param one the first copy
     * @param other the second copy
     * @param mark a random number for the merged cell's log, which starts empty
     * @return the union
     */
    public static CellState merged(Capacity capacity, CellState one, CellState other, long mark) {
        return new CellState(CellTimeouts.merged(capacity, one.timeouts, other.timeouts, mark));
    }

    /**
     * Writes the whole state, to be read by this version or a later one. O(members).
     *
     * @param out the output to write to
     * @throws IOException if the output fails
     * @throws IllegalArgumentException if the log has an event that {@link EventCodec} cannot write; a defect of the cell
     */
    public void write(DataOutput out) throws IOException {
        CellFormat.write(timeouts, out);
    }

    /**
     * Reads what {@link #write} wrote. The copy behaves exactly as the original does. O(members).
     *
     * @param capacity the members that the store may still accept; may be exceeded
     * @param in the input to read from
     * @return the copy
     * @throws IOException if the input fails, or a later version wrote it
     */
    public static CellState read(Capacity capacity, DataInput in) throws IOException {
        return CellFormat.read(capacity, in);
    }
}
