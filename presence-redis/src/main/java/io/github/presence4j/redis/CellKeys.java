package io.github.presence4j.redis;

import io.github.presence4j.spi.TopicId;

/**
 * The keys of one cell: {@code namespace:{topic#shard}:part}. All have one hash tag, so a cell is in one slot of a cluster.
 * See {@code docs/redis-layout.md}. The arrays are shared between calls and must not be changed.
 */
final class CellKeys {
    private final String prefix;
    private final String channel;
    private final String[] all;
    private final String[] forCounting;
    private final String[] forMembers;
    private final String[] forPages;
    private final String[] forNames;
    private final String[] metaOnly;

    CellKeys(String prefix, String channel) {
        this.prefix = prefix;
        this.channel = channel;
        String live = prefix + "live";
        String meta = prefix + "meta";
        String names = prefix + "names";
        String sessions = prefix + "sessions";
        String left = prefix + "left";
        this.all = new String[] {live, meta, names, sessions, left, prefix + "log"};
        this.forCounting = new String[] {live, meta};
        this.forMembers = new String[] {live, meta, sessions};
        this.forPages = new String[] {live, meta, sessions, names};
        this.forNames = new String[] {live, meta, sessions, names, left};
        this.metaOnly = new String[] {meta};
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
        return encode(id.namespace(), ":*?[]\\") + ":hint:" + id.name();
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
        return forCounting;
    }

    /** Returns the keys that {@code live.lua} reads. */
    String[] forMembers() {
        return forMembers;
    }

    /** Returns the keys that {@code page.lua} reads. */
    String[] forPages() {
        return forPages;
    }

    /** Returns the key of the members and the times of their last touches. */
    String live() {
        return all[0];
    }

    /** Returns the keys that {@code names.lua} reads. */
    String[] forNames() {
        return forNames;
    }

    /** Returns the only key that a script is given in a slot that is being moved, where absent keys must not be named. */
    String[] metaOnly() {
        return metaOnly;
    }

    /** Returns the key of what a sharded topic has only once. */
    String home() {
        return prefix + "home";
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
