package io.github.presence4j.redis.server;

import java.util.Arrays;
import java.util.List;

/**
 * How one node of a cluster sees another: a line of {@code CLUSTER NODES}.
 *
 * @param id the name the nodes know it by
 * @param port where it listens
 * @param flags such as master, slave, myself, fail
 * @param masterId whom it follows, or a dash
 * @param epoch of two that claim a slot, the one with the greater epoch has it
 * @param slots ranges such as 0-5460
 */
record ClusterNode(String id, int port, List<String> flags, String masterId, long epoch, List<String> slots) {
    static List<ClusterNode> seenBy(RedisProcess node) {
        return node.command("CLUSTER", "NODES").lines().map(ClusterNode::parse).toList();
    }

    private static ClusterNode parse(String line) {
        String[] fields = line.split(" ", -1);
        String address = fields[1].substring(0, fields[1].indexOf('@'));
        return new ClusterNode(
                fields[0],
                Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)),
                List.of(fields[2].split(",", -1)),
                fields[3],
                Long.parseLong(fields[6]),
                Arrays.stream(fields)
                        .skip(8)
                        .filter(range -> !range.startsWith("["))
                        .toList());
    }

    boolean owns(int slot) {
        return slots.stream().anyMatch(range -> bound(range, 0) <= slot && slot <= bound(range, 1));
    }

    int firstSlot() {
        return bound(slots.get(0), 0);
    }

    /** A range of one is a single number. */
    private static int bound(String range, int which) {
        String[] ends = range.split("-", -1);
        return Integer.parseInt(ends[Math.min(which, ends.length - 1)]);
    }

    boolean isMaster() {
        return flags.contains("master") && !slots.isEmpty();
    }

    /** Neither failing, nor suspected of it, nor only just met. */
    boolean isWell() {
        return flags.stream()
                .allMatch(flag -> List.of("master", "slave", "myself").contains(flag));
    }
}
