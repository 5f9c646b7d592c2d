package io.github.presence4j.sharding;

import java.util.Collections;
import java.util.List;

/**
 * How far a watcher of a sharded topic has come.
 *
 * @param generation which generation of cells
 * @param cursors where each cell's history stands
 */
record ShardedHistory(String generation, List<String> cursors) {
    private static final String AND = "|";

    /** The same cursor for every cell. */
    static ShardedHistory of(String generation, int shards, String cursor) {
        return new ShardedHistory(generation, Collections.nCopies(shards, cursor));
    }

    /** After what the cells told. */
    static ShardedHistory after(String generation, List<News> parts) {
        return new ShardedHistory(generation, parts.stream().map(News::cursor).toList());
    }

    static ShardedHistory parse(String text) {
        List<String> parts = List.of(text.split("\\|", -1));
        return new ShardedHistory(parts.get(0), parts.subList(1, parts.size()));
    }

    @Override
    public String toString() {
        return generation + AND + String.join(AND, cursors);
    }
}
