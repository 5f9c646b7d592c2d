package io.github.presence4j;

/**
 * The position of an event in a topic's log. Immutable.
 *
 * <p>Within one epoch, every event that a watcher receives has a greater {@code seq} than the one before. A reset, and the loss
 * of a store's memory, begin a new epoch. Epochs are compared for equality only; they have no order.
 *
 * @param epoch the id of the event log that {@code seq} counts in
 * @param seq the number of the event within the epoch
 */
public record Position(long epoch, long seq) {

    /** {@return the position as {@code epoch:seq}, both in decimal} */
    @Override
    public String toString() {
        return epoch + ":" + seq;
    }
}
