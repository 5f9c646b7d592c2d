/** The rules of presence as tests that a backend inherits. */
module io.github.presence4j.testkit {
    requires transitive io.github.presence4j.api;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports io.github.presence4j.testkit;
    exports io.github.presence4j.testkit.fault;
}
