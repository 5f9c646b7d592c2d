package io.github.presence4j.sharding;

import java.util.Collections;
import java.util.List;

/**
 * How far a watcher of a sharded topic has come.
 *
 * @param generation the id of the cells' generation
 * @param cursors the cursor of each cell's log
 */
record ShardedCursor(String generation, List<String> cursors) {
    private static final String AND = "|";

    /** The same cursor for every cell. */
    static ShardedCursor of(String generation, int shards, String cursor) {
        return new ShardedCursor(generation, Collections.nCopies(shards, cursor));
    }

    /** Returns the cursor after the answers of the cells. */
    static ShardedCursor after(String generation, List<ShardChanges> parts) {
        return new ShardedCursor(
                generation, parts.stream().map(ShardChanges::cursor).toList());
    }

    static ShardedCursor parse(String text) {
        List<String> parts = List.of(text.split("\\|", -1));
        return new ShardedCursor(parts.get(0), parts.subList(1, parts.size()));
    }

    @Override
    public String toString() {
        return generation + AND + String.join(AND, cursors);
    }
}
