package io.github.presence4j.redis;

/**
 * The cells of a sharded topic between two resets.
 *
 * @param id part of their keys; empty for the first one
 * @param begun when, by the time of the server that has the topic's home, in microseconds
 */
record Generation(String id, long begun) {
    static final Generation FIRST = new Generation("", 0);

    boolean isFirst() {
        return id.isEmpty();
    }
}
