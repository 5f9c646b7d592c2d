/** Large topics in several shards. */
module io.github.presence4j.sharding {
    requires static org.jspecify;
    requires transitive io.github.presence4j.api;

    exports io.github.presence4j.sharding;
}
