package io.github.presence4j.redis.server;

import java.util.Collection;
import java.util.stream.Stream;

/** A slot on its way from one master of a cluster to another, step by step, as {@code redis-cli --cluster reshard} moves it. */
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

    /** From now on keys that are not there any more, or not yet, are asked for at the new owner. */
    SlotMove begin() {
        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        return this;
    }

    /** Moves one key, if one is left; whether one was. */
    public boolean moveOne() {
        return move("1");
    }

    /** Moves what is left. */
    public void moveAll() {
        while (move(ALL)) {
            // Keys may be made meanwhile.
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

    /** Names the new owner, who is told first: from then on, nobody sends a client the wrong way. */
    public void finish() {
        to.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        masters.forEach(master -> master.command("CLUSTER", "SETSLOT", slot, "NODE", id(to)));
    }

    private static String id(RedisProcess node) {
        return node.command("CLUSTER", "MYID");
    }
}
