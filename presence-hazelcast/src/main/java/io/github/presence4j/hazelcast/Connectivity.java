package io.github.presence4j.hazelcast;

import com.hazelcast.cluster.Endpoint;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;

/** Distinguishes members from clients, and connected clients from unconnected ones. */
final class Connectivity {
    private Connectivity() {}

    static boolean isMember(HazelcastInstance hazelcast) {
        return hazelcast.getLocalEndpoint() instanceof Member;
    }

    /**
     * Returns whether there is a connection now. Without one, some calls to Hazelcast block for minutes and make the shutdown of a
     * client fail half-way; callers must not start them.
     */
    static boolean isUp(HazelcastInstance hazelcast) {
        Endpoint local = hazelcast.getLocalEndpoint();
        return local instanceof Member || local.getSocketAddress() != null;
    }
}
