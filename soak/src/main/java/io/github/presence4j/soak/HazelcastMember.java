package io.github.presence4j.soak;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.hazelcast.HazelcastStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A member in its own JVM. Ends with the JVM that started it. */
final class HazelcastMember {
    private HazelcastMember() {}

    /** Arguments: the name of the cluster, the port, and the addresses of all members. */
    public static void main(String[] args) throws IOException {
        List<String> given = List.of(args);
        HazelcastStore store = HazelcastStore.builder()
                .clusterName(given.get(0))
                .port(Integer.parseInt(given.get(1)))
                .members(given.subList(2, given.size()))
                .build();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Presence.using(store, PresenceConfig.defaults()).topic("any").count();
            HazelcastInstance instance =
                    Hazelcast.getAllHazelcastInstances().iterator().next();
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(instance, line));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static String answer(HazelcastInstance instance, String question) {
        return switch (question) {
            case "safe" ->
                Boolean.toString(instance.getPartitionService().isClusterSafe()
                        && instance.getCluster().getMembers().size() == HazelcastBackend.MEMBERS);
            case "threads" -> Integer.toString(JvmUsage.threads());
            case "heap" -> Long.toString(JvmUsage.heap());
            case "clients" ->
                Integer.toString(
                        instance.getClientService().getConnectedClients().size());
            case "entries" ->
                Long.toString(instance.getDistributedObjects().stream()
                        .filter(IMap.class::isInstance)
                        .mapToLong(map -> ((IMap<?, ?>) map).getLocalMapStats().getOwnedEntryCount())
                        .sum());
            default -> throw new IllegalArgumentException(question);
        };
    }
}
