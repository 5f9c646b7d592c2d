package io.github.presence4j.hazelcast;

import io.github.presence4j.spi.TopicId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where something is kept. See {@code docs/hazelcast-layout.md}.
 *
 * @param map the name of the map
 * @param key in that map
 */
record EntryLocation(String map, String key) {
    private static final String SHARDS = "/";

    /** The name of a namespace's map, and of its channel of signals. Hazelcast would treat an asterisk as a pattern. */
    static String space(TopicId id) {
        return HazelcastSettings.PREFIX
                + URLEncoder.encode(id.namespace(), StandardCharsets.UTF_8).replace("*", "%2A");
    }

    /** Of a topic that is one cell. */
    static EntryLocation of(TopicId id) {
        return new EntryLocation(space(id), id.name());
    }

    /** The number of shards is part of the map's name: nodes that disagree about it do not disturb each other. */
    static EntryLocation shard(TopicId id, int shard, int shards, String generation) {
        return new EntryLocation(space(id) + SHARDS + shards, shard + ":" + generation + ":" + id.name());
    }

    /** Of what a sharded topic has only once. */
    static EntryLocation metadata(TopicId id, int shards) {
        return new EntryLocation(space(id) + SHARDS + shards + "/homes", id.name());
    }
}
