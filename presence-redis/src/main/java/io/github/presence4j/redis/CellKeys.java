package io.github.presence4j.redis;

import io.github.presence4j.spi.TopicId;
import java.util.Arrays;

/**
 * The keys of one cell: {@code namespace:{topic#shard}:part}. All have one hash tag, so a cell is in one slot of a cluster.
 * See {@code docs/redis-layout.md}.
 *
 * @param prefix the prefix of all keys of the cell
 * @param channel the channel of the topic's signals
 */
record CellKeys(String prefix, String channel) {

    /** Of a topic that is one cell. */
    static CellKeys of(TopicId id) {
        return new CellKeys(tag(id) + "0}:", channel(id));
    }

    /** The number of shards is part of the keys: nodes that disagree about it do not disturb each other. */
    static CellKeys sharded(TopicId id, int shard, int shards, String generation) {
        String tag = tag(id) + shard + "/" + shards + "}:";
        return new CellKeys(generation.isEmpty() ? tag : tag + generation + ":", channel(id));
    }

    /** What the keys of all cells of a topic begin with. */
    static String tag(TopicId id) {
        return encode(id.namespace(), ":*?[]\\") + ":{" + encode(id.name(), "") + "#";
    }

    static String channel(TopicId id) {
        return encode(id.namespace(), ":*?[]\\") + ":hint:" + id.name();
    }

    /** In the order that scripts which change a cell expect. */
    String[] all() {
        return new String[] {key("live"), key("meta"), key("names"), key("sessions"), key("left"), key("log")};
    }

    /** In the order that {@code count.lua}, {@code live.lua} and {@code page.lua} expect; each needs the first few. */
    String[] forReading(int needed) {
        return Arrays.copyOf(new String[] {key("live"), key("meta"), key("sessions"), key("names")}, needed);
    }

    /** The key of the members by last-seen time. */
    String live() {
        return key("live");
    }

    /** In the order that {@code names.lua} expects. */
    String[] forNames() {
        return new String[] {key("live"), key("meta"), key("sessions"), key("names"), key("left")};
    }

    /** Returns the only key that a script is given in a slot that is being moved, where absent keys must not be named. */
    String[] metaOnly() {
        return new String[] {key("meta")};
    }

    /** What a sharded topic has only once. */
    String home() {
        return key("home");
    }

    private String key(String part) {
        return prefix + part;
    }

    /**
     * Percent-encodes what would break the shape of a key: braces and the percent sign. In a namespace also the colon and what
     * a pattern of an ACL gives a meaning to, so that {@code namespace:*} is the keys of that namespace and no others.
     */
    private static String encode(String name, String more) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ("%{}".indexOf(c) >= 0 || more.indexOf(c) >= 0) {
                encoded.append('%').append(Integer.toHexString(c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }
}
