package io.github.presence4j.hazelcast;

import com.hazelcast.cluster.Endpoint;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;

/** Tells members from clients, and clients with a connection from those without. */
final class Link {
    private Link() {}

    static boolean isMember(HazelcastInstance hazelcast) {
        return hazelcast.getLocalEndpoint() instanceof Member;
    }

    /**
     * Says whether there is a connection at the moment. Without one nothing is begun that Hazelcast would let block for minutes, and
     * that makes the shutdown of a client fail half-way.
     */
    static boolean isUp(HazelcastInstance hazelcast) {
        Endpoint local = hazelcast.getLocalEndpoint();
        return local instanceof Member || local.getSocketAddress() != null;
    }
}
