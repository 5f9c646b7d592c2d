/** What backends in Java share. */
module io.github.presence4j.cell {
    requires static org.jspecify;
    requires transitive io.github.presence4j.api;

    exports io.github.presence4j.cell;
}
