/** What backends share. */
module io.github.presence4j.cell {
    requires static org.jspecify;
    requires transitive io.github.presence4j.api;

    exports io.github.presence4j.cell;
    exports io.github.presence4j.sharding;
}
