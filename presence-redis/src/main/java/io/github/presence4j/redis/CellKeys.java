package io.github.presence4j.redis;

import io.github.presence4j.spi.TopicId;

/**
 * The keys of one cell: {@code namespace:{topic#shard}:part}. All have one hash tag, so a cell is in one slot of a cluster.
 * See {@code docs/redis-layout.md}. {@link #all} is shared between calls and must not be changed.
 */
final class CellKeys {
    private static final int LIVE = 0;
    private static final int META = 1;
    private static final int NAMES = 2;
    private static final int SESSIONS = 3;
    private static final int LEFT = 4;
    private static final int TIMES = 6;

    private final String prefix;
    private final String channel;
    private final String[] all;

    CellKeys(String prefix, String channel) {
        this.prefix = prefix;
        this.channel = channel;
        this.all = new String[] {
            prefix + "live",
            prefix + "meta",
            prefix + "names",
            prefix + "sessions",
            prefix + "left",
            prefix + "log",
            prefix + "times"
        };
    }

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
        return encode(id.namespace(), ":*?[]\\") + ":signal:" + id.name();
    }

    /** Returns what all keys of the cell begin with. */
    String prefix() {
        return prefix;
    }

    /** Returns where signals of the topic are published. */
    String channel() {
        return channel;
    }

    /** Returns all keys, in the order that scripts which change a cell expect. */
    String[] all() {
        return all;
    }

    /** Returns the keys that {@code among.lua} and {@code count.lua} read. */
    String[] forCounting() {
        return new String[] {all[LIVE], all[META]};
    }

    /** Returns the keys that {@code live.lua} reads. */
    String[] forMembers() {
        return new String[] {all[LIVE], all[META], all[SESSIONS], all[TIMES]};
    }

    /** Returns the keys that {@code page.lua} reads. */
    String[] forPages() {
        return new String[] {all[LIVE], all[META], all[SESSIONS], all[TIMES], all[NAMES]};
    }

    /** Returns the key of the members and the times of their last touches. */
    String live() {
        return all[LIVE];
    }

    /** Returns the keys that {@code names.lua} reads. */
    String[] forNames() {
        return new String[] {all[LIVE], all[META], all[SESSIONS], all[TIMES], all[NAMES], all[LEFT]};
    }

    /** Returns the only key that a script is given in a slot that is being moved, where absent keys must not be named. */
    String[] metaOnly() {
        return new String[] {all[META]};
    }

    /** Returns the key of what a sharded topic has only once. */
    String metadata() {
        return prefix + "metadata";
    }

    /**
     * Percent-encodes what would break the shape of a key: braces and the percent sign. In a namespace also the colon and what
     * a pattern of an ACL gives a meaning to, so that {@code namespace:*} is the keys of that namespace and no others.
     */
    private static String encode(String name, String more) {
        for (int i = 0; i < name.length(); i++) {
            if (isEncoded(name.charAt(i), more)) {
                return encode(name, i, more);
            }
        }
        return name;
    }

    private static String encode(String name, int from, String more) {
        StringBuilder encoded = new StringBuilder(name.length() + 2).append(name, 0, from);
        for (int i = from; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isEncoded(c, more)) {
                encoded.append('%').append(Integer.toHexString(c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static boolean isEncoded(char c, String more) {
        return "%{}".indexOf(c) >= 0 || more.indexOf(c) >= 0;
    }
}
