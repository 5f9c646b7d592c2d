package io.github.presence4j.cell;

import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a {@link CellTopic} hold, for the tests of a backend: the fixture of the contract asks how much is stored.
 *
 * @param members the number of stored members, live or expired
 * @param departures the number of sessions that left and are remembered
 * @param events the number of events in the log
 */
public record CellContents(int members, int departures, int events) {

    /**
     * Counts what is stored. O(size of the cell).
     *
     * @param bytes the bytes as {@link CellStorage.Cell#write} received them; null if there is no cell
     * @return the numbers; all 0 if there is no cell
     * @throws io.github.presence4j.PresenceException if a later version wrote the bytes
     */
    public static CellContents of(byte @Nullable [] bytes) {
        StoredCell cell = StoredCell.read(bytes, Long.MIN_VALUE / 2);
        return cell == null
                ? new CellContents(0, 0, 0)
                : new CellContents(
                        cell.state().size(),
                        cell.state().departures(),
                        cell.state().events());
    }
}
