package io.github.presence4j.spi;

/**
 * The changes that follow a cursor, as a signal carries them. Immutable.
 *
 * @param after the cursor that they follow; for any other cursor they say nothing
 * @param changes all events after that cursor up to {@link Changes#cursor}, without a gap
 */
public record NextChanges(String after, Changes changes) {

    /**
     * Returns whether these changes are the next ones for a watcher. Compares the epochs too, since cursors of different topics may
     * be equal.
     *
     * @param last what the watcher has received last
     * @return whether they follow it
     */
    public boolean follow(Changes last) {
        return after.equals(last.cursor())
                && changes.position().epoch() == last.position().epoch();
    }

    /**
     * Returns whether a watcher has received these changes already, and nothing after them.
     *
     * @param last what the watcher has received last
     * @return whether it ends with them
     */
    public boolean end(Changes last) {
        return changes.cursor().equals(last.cursor())
                && changes.position().epoch() == last.position().epoch();
    }
}
