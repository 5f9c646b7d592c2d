package io.github.presence4j;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a watcher receives. All events are immutable.
 *
 * <p>The first event is a {@link Snapshot}. Every later transition follows once, in the order of {@link Position#seq} within an
 * epoch. For each member, Joined, any number of Updated, then Left or TimedOut, alternate.
 *
 * <p>A watcher misses events if the link was lost, its queue overflowed, or the store's log was too short. It then
 * resynchronises: it receives the difference between its view and the current members. Such events are {@linkplain #synthetic
 * synthetic} and share the position at which the difference was taken.
 *
 * <p>When the store stops answering, a watcher receives {@link Interrupted}, and later {@link Resumed}. Both are synthetic.
 */
public sealed interface PresenceEvent {

    /** {@return the position of this event in the topic's log} */
    Position position();

    /** {@return whether the watch made the event itself, for example from a difference, instead of reading it from the topic's log} */
    boolean synthetic();

    /** An event of one member: {@link Joined}, {@link Updated}, {@link Left} or {@link TimedOut}. */
    sealed interface OfMember extends PresenceEvent {

        /** {@return the member's id} */
        String member();
    }

    /**
     * The live members at the start of the watch. Always the first event, and the only one of its kind.
     *
     * @param members the ids of the live members, in no particular order
     * @param position the position of the snapshot; later events follow it
     */
    record Snapshot(List<String> members, Position position) implements PresenceEvent {
        /**
         * Keeps its own copy of the names.
         *
         * @param members the live members; the set is copied
         * @param position the position of the snapshot
         */
        public Snapshot {
            members = List.copyOf(members);
        }

        @Override
        public boolean synthetic() {
            return false;
        }
    }

    /**
     * A member that was not live is live now.
     *
     * @param member the member's id
     * @param session the session with which it joined; null for the default session
     * @param data the session's data, at most 4 KiB; null if it has none
     * @param position the position of the event in the log
     * @param synthetic whether the watch made the event from a difference
     */
    record Joined(
            String member,
            @Nullable String session,
            @Nullable String data,
            Position position,
            boolean synthetic) implements OfMember {}

    /**
     * A live member's session has other data than before. A session that ends takes its data along without an event of its own.
     *
     * @param member the member's id
     * @param session the session's name; null for the default session
     * @param data the new data, at most 4 KiB
     * @param position the position of the event in the log
     * @param synthetic whether the watch made the event from a difference
     */
    record Updated(String member, @Nullable String session, String data, Position position, boolean synthetic)
            implements OfMember {}

    /**
     * The last live session of a member was ended by a leave. A synthetic one says that the member ended in some way while the
     * watch could not see it.
     *
     * @param member the member's id
     * @param position the position of the event in the log
     * @param synthetic whether the watch made the event from a difference
     */
    record Left(String member, Position position, boolean synthetic) implements OfMember {}

    /**
     * A member expired: it was not touched for longer than the TTL. Never comes early. Comes at most one sweep interval late
     * while the store works normally.
     *
     * @param member the member's id
     * @param position the position of the event in the log
     */
    record TimedOut(String member, Position position) implements OfMember {
        @Override
        public boolean synthetic() {
            return false;
        }
    }

    /**
     * The topic was emptied by a reset. No member is live, and no {@link Left} follows for each of them.
     *
     * @param position the first position of the new epoch
     */
    record Reset(Position position) implements PresenceEvent {
        @Override
        public boolean synthetic() {
            return false;
        }
    }

    /**
     * The store does not answer the watch: the events so far describe the last known state, which may be out of date. Delivered
     * once per outage: after two failed polls in a row, or after one that took 500 ms or longer to fail. Also delivered if too
     * many other polls are under way for a poll to begin in time. A {@link Resumed} follows once the store answers again, after
     * the events that make up for the outage.
     *
     * @param since the time at which the store last answered this watch, by the clock of this process
     * @param position the position of the last event known to the watch
     */
    record Interrupted(Instant since, Position position) implements PresenceEvent {
        @Override
        public boolean synthetic() {
            return true;
        }
    }

    /**
     * The store answers again after an {@link Interrupted}, and the watcher has received all that it missed.
     *
     * @param position the position after which the next events follow
     */
    record Resumed(Position position) implements PresenceEvent {
        @Override
        public boolean synthetic() {
            return true;
        }
    }
}
