package io.github.presence4j.cell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The time of the last touch of a session. It is renewed in place, without the cell's lock.
 *
 * <p>A renewal races against the calls that find the session expired, and against those that end it. A renewal that read the
 * clock in time may be delayed, and must not undo a finding that a call has acted on. So a call that finds "expired" first
 * {@linkplain #sealTime seals} the time by a compare-and-set, and a call that ends the session seals it in any case. A sealed time
 * is renewed under the cell's lock only. Either the renewal comes first and the session has not expired, or the seal comes
 * first and the touch has to begin the session.
 */
abstract class LastSeen {
    /** A cutoff that no time reaches. To seal by it is to seal in any case. */
    static final long NEVER = Long.MAX_VALUE;

    private static final VarHandle SEEN = seen();

    /** Milliseconds since 1970, none of them negative; the complement of that while the time is sealed. */
    private volatile long seen;

    LastSeen(long seen) {
        this.seen = seen;
    }

    private static VarHandle seen() {
        try {
            return MethodHandles.lookup().findVarHandle(LastSeen.class, "seen", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Returns the time, sealed or not. */
    long time() {
        long value = seen;
        return value < 0 ? ~value : value;
    }

    /** Returns whether the session is live at the cutoff and the time is not sealed. Needs no lock. */
    boolean isOpenAt(long cutoff) {
        return seen >= cutoff;
    }

    /** Renews a time that has not expired and is not sealed; false if that is not the case. Needs no lock. */
    boolean renewTime(long now, long cutoff) {
        while (true) {
            long value = seen;
            if (value < cutoff || value < 0) {
                return false;
            }
            if (value >= now || SEEN.compareAndSet(this, value, now)) {
                return true;
            }
        }
    }

    /** Under the lock: renews whatever the time was, and breaks the seal. */
    void see(long now) {
        long value;
        do {
            value = seen;
        } while (!SEEN.compareAndSet(this, value, Math.max(now, value < 0 ? ~value : value)));
    }

    /** Judges that the session was not seen since {@code cutoff}; false if a renewal was quicker. Needs no lock. */
    boolean sealTime(long cutoff) {
        while (true) {
            long value = seen;
            if (value < 0) {
                return ~value < cutoff;
            }
            if (value >= cutoff) {
                return false;
            }
            if (SEEN.compareAndSet(this, value, ~value)) {
                return true;
            }
        }
    }
}
