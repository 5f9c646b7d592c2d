package io.github.presence4j.redis.server;

import java.util.Collection;
import java.util.stream.Stream;

/** Moves a slot of a cluster from one master to another, step by step, like {@code redis-cli --cluster reshard}. */
public final class SlotMove {
    private static final String ALL = "100";

    private final RedisProcess from;
    private final RedisProcess to;
    private final String slot;
    private final Collection<RedisProcess> masters;

    SlotMove(RedisProcess from, RedisProcess to, int slot, Collection<RedisProcess> masters) {
        this.from = from;
        this.to = to;
        this.slot = Integer.toString(slot);
        this.masters = masters;
    }

    /** Begins the move: clients are sent to the new owner for keys that the old one does not have. */
    SlotMove begin() {
        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        return this;
    }

    /** Moves one key, if one is left. Returns whether one was. */
    public boolean moveOne() {
        return move("1");
    }

    /** Moves the remaining keys. */
    public void moveAll() {
        while (move(ALL)) {
            // keys may be created during the move
        }
    }

    private boolean move(String count) {
        String keys = from.command("CLUSTER", "GETKEYSINSLOT", slot, count);
        if (keys.isEmpty()) {
            return false;
        }
        Stream<String> migrate =
                Stream.of("MIGRATE", "127.0.0.1", Integer.toString(to.port()), "", "0", "5000", "KEYS");
        from.command(Stream.concat(migrate, keys.lines()).toArray(String[]::new));
        return true;
    }

    /** Announces the new owner, to the new owner first: from then on, every node sends clients the right way. */
    public void finish() {
        to.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        masters.forEach(master -> master.command("CLUSTER", "SETSLOT", slot, "NODE", id(to)));
    }

    private static String id(RedisProcess node) {
        return node.command("CLUSTER", "MYID");
    }
}
