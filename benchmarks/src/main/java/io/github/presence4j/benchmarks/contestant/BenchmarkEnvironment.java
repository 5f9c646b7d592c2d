package io.github.presence4j.benchmarks.contestant;

import io.github.presence4j.spi.PresenceStore;

/** Where contestants meet: the process itself, a Redis, a Hazelcast cluster. The same for ours and the rivals. */
public interface BenchmarkEnvironment extends AutoCloseable {
    /** Says that a venue starts what it needs and ends it. */
    String OWN = "own";

    /**
     * Lets one in.
     *
     * @param name without the venue, such as {@code presence4j}
     * @return the contestant, to be closed before the venue
     */
    Contestant contestant(String name);

    /** {@return a store of ours here, to be closed before the venue} */
    PresenceStore store();

    /** {@return the address to pass to {@link #guest}} */
    String address();

    @Override
    void close();

    /**
     * Opens the venue of a contestant.
     *
     * @param contestant with the venue, such as {@code redis:presence4j}
     * @param server {@link #OWN}, or what runs already: the URI of a Redis, the port of a Hazelcast member in this process
     * @return the venue
     */
    static BenchmarkEnvironment of(String contestant, String server) {
        return switch (contestant.substring(0, contestant.indexOf(':') + 1)) {
            case "memory:" -> new ProcessEnvironment();
            case "redis:" -> server.equals(OWN) ? RedisServer.start() : RedisServer.running(server);
            case "hazelcast:" -> server.equals(OWN) ? HazelcastPair.start() : HazelcastPair.running(server);
            default -> throw unknown(contestant);
        };
    }

    /**
     * Opens a venue that another process will join by itself.
     *
     * @param name such as {@code redis}
     * @return the venue
     */
    static BenchmarkEnvironment host(String name) {
        return name.equals("hazelcast") ? HazelcastPair.first() : of(name + ":", OWN);
    }

    /**
     * Joins the venue of another process.
     *
     * @param name such as {@code redis}
     * @param address of the venue that is there
     * @return the venue
     */
    static BenchmarkEnvironment guest(String name, String address) {
        return name.equals("hazelcast") ? HazelcastPair.second(address) : RedisServer.running(address);
    }

    /**
     * Opens a contestant of this venue.
     *
     * @param contestant with the venue, such as {@code redis:presence4j}
     * @return the contestant, to be closed before the venue
     */
    default Contestant open(String contestant) {
        return contestant(contestant.substring(contestant.indexOf(':') + 1));
    }

    /**
     * What to throw for a name that is not known.
     *
     * @param contestant the name
     * @return the exception
     */
    static IllegalArgumentException unknown(String contestant) {
        return new IllegalArgumentException("contestant " + contestant + " is not known");
    }
}
