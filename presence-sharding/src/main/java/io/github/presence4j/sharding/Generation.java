package io.github.presence4j.sharding;

/**
 * The cells of a sharded topic between two resets.
 *
 * @param id tells its cells from those of others; empty for {@link #FIRST}
 * @param begun when a reset began it, on the clock of the cells' events; {@link #NO_CUTOFF} where the cells before it are ended by the
 *     backend; 0 if no reset did
 */
public record Generation(String id, long begun) {
    /** What is believed of a topic until its home was heard, and what the home of a topic that is not there says. */
    public static final Generation FIRST = new Generation("", 0);

    /** Every event of the generation before it comes before the Reset. */
    public static final long NO_CUTOFF = Long.MAX_VALUE;

    /** {@return whether no reset began it} */
    public boolean isFirst() {
        return begun == 0;
    }
}
