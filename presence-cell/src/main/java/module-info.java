/** The state of a topic or shard in plain Java. */
module io.github.presence4j.cell {
    requires static org.jspecify;
    requires transitive io.github.presence4j.api;
    requires transitive io.github.presence4j.sharding;

    exports io.github.presence4j.cell;
}
