package io.github.presence4j.redis;

import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.PresenceStoreFixture;
import io.lettuce.core.Range;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Two stores on one Redis. Time passes by ageing the stored data, which is deleted on close. */
final class RedisFixture implements PresenceStoreFixture {
    private static final Script AGE = Script.load("age");

    private final Collection<? extends RedisClusterCommands<String, String>> masters;
    private final RedisStore node;
    private final RedisStore peer;
    private final boolean alone;

    /** The connections to the masters are closed by their creator. The masters are emptied if they serve only these tests. */
    RedisFixture(
            Collection<? extends RedisClusterCommands<String, String>> masters,
            Supplier<RedisStore> stores,
            boolean alone) {
        this.masters = masters;
        this.alone = alone;
        this.node = stores.get();
        this.peer = stores.get();
    }

    @Override
    public RedisStore node() {
        return node;
    }

    @Override
    public RedisStore peer() {
        return peer;
    }

    @Override
    public void elapse(Duration duration) {
        String millis = Long.toString(duration.toMillis());
        for (RedisClusterCommands<String, String> master : masters) {
            keys(master)
                    .filter(key -> key.endsWith(":metadata"))
                    .forEach(metadata -> master.pexpire(metadata, master.pttl(metadata) - duration.toMillis()));
            keys(master).filter(key -> key.endsWith(":meta")).forEach(meta -> {
                CellKeys cell = new CellKeys(meta.substring(0, meta.length() - "meta".length()), "");
                master.eval(AGE.text(), ScriptOutputType.MULTI, cell.all(), millis);
            });
        }
    }

    /** The clock of a server on this machine is that of the machine, which is faster to read than {@code TIME}. */
    @Override
    public Instant now() {
        if (!alone) {
            List<String> time = masters.iterator().next().time();
            return Instant.ofEpochSecond(Long.parseLong(time.get(0))).plusMillis(Long.parseLong(time.get(1)) / 1_000);
        }
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public long occupied(TopicId topic) {
        long stored = 0;
        long keys = 0;
        for (RedisClusterCommands<String, String> master : masters) {
            List<String> kept = keys(master)
                    .filter(key -> key.startsWith(CellKeys.tag(topic)))
                    .toList();
            keys += kept.size();
            stored += kept.stream().mapToLong(key -> size(master, key)).sum();
        }
        return keys == 0 ? 0 : Math.max(1, stored);
    }

    /** Returns the number of members, of sessions that left, or of events; without the entry by which a key exists. */
    private static long size(RedisClusterCommands<String, String> master, String key) {
        if (key.endsWith(":live")) {
            return master.zcard(key) - 1;
        }
        if (key.endsWith(":left")) {
            return master.zcount(
                    key, Range.from(Range.Boundary.excluding(Double.NEGATIVE_INFINITY), Range.Boundary.unbounded()));
        }
        return key.endsWith(":log") ? master.xlen(key) : 0;
    }

    private Stream<String> keys(RedisClusterCommands<String, String> master) {
        ScanArgs all = ScanArgs.Builder.limit(1000);
        return ScanIterator.scan(master, alone ? all : all.match("*kit *")).stream();
    }

    @Override
    public void close() {
        node.close();
        peer.close();
        if (alone) {
            masters.forEach(RedisClusterCommands::flushall);
        } else {
            masters.forEach(master -> keys(master).forEach(key -> master.unlink(key)));
        }
    }
}
