package io.github.presence4j.sharding;

/**
 * The cells of a sharded topic between two resets.
 *
 * @param id distinguishes its cells from those of other generations; empty for {@link #FIRST}
 * @param begun the time of the reset that began it, on the clock of the cells' events; {@link #NO_CUTOFF} where the cells
 *     before it are ended by the backend; 0 if no reset did
 */
public record Generation(String id, long begun) {
    /** The assumed generation before the metadata has been read, and the generation of a topic that does not exist. */
    public static final Generation FIRST = new Generation("", 0);

    /** Every event of the generation before it comes before the Reset. */
    public static final long NO_CUTOFF = Long.MAX_VALUE;

    /** {@return whether no reset began it} */
    public boolean isFirst() {
        return begun == 0;
    }
}
