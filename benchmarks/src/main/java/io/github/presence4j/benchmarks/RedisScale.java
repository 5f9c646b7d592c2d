package io.github.presence4j.benchmarks;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.RedisStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A million members in one topic: what others wait because of us, and what it costs in memory. While each phase runs, another
 * connection sends PING every two milliseconds and remembers the slowest; who shares the machine is in that number too, which
 * is why there is a phase in which nothing runs, and why the median and the 99.9th percentile stand beside it.
 *
 * <pre>{@code java -cp benchmarks/target/benchmarks.jar io.github.presence4j.benchmarks.RedisScale [members]}</pre>
 */
public final class RedisScale {
    private static final int PER_CALL = 4096;
    private static final int UNDER_WAY = 512;
    private static final long PHASE_SECONDS = 5;
    private static final String PLAIN = "plain:live_users";

    private final String[] names;
    private final RedisCommands<String, String> redis;
    private final String uri;

    private RedisScale(String uri, RedisCommands<String, String> redis, int members) {
        this.uri = uri;
        this.redis = redis;
        this.names = Walk.names(members);
    }

    /**
     * Prints the slowest PING of each phase, and the memory per member.
     *
     * @param args how many members; a million if not given
     */
    public static void main(String[] args) {
        int members = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        try (RedisServer server = RedisServer.open()) {
            RedisClient client = RedisClient.create(server.uri());
            RedisCommands<String, String> redis = client.connect().sync();
            new RedisScale(server.uri(), redis, members).run();
            client.shutdown();
        }
    }

    private void run() {
        redis.configSet("slowlog-log-slower-than", "200");
        redis.configSet("slowlog-max-len", "100000");
        System.out.printf(
                "%-34s %10s %10s %10s %10s %8s %16s%n",
                "PING in ms", "median", "p99.9", "slowest", "calls", "pings", "longest command");
        phase("nothing", () -> LockSupport.parkNanos(1_000_000));
        try (RedisStore store = RedisStore.builder().uri(uri).build();
                Presence presence = Presence.using(
                        store,
                        PresenceConfig.builder()
                                .ttl(Duration.ofHours(1))
                                .timeout(Duration.ofSeconds(10))
                                .build())) {
            PresenceTopic topic = presence.topic(RedisContestant.TOPIC);
            topic.count();
            long plain = bytesPerMember(() -> inChunks(this::plainly));
            redis.del(PLAIN);
            long ours = bytesPerMember(() -> once("touchAll, everybody joins", () -> inChunks(topic::touchAll)));
            phases(topic);
            System.out.printf("%nbytes per member: presence4j %d, a plain sorted set %d%n", ours, plain);
        } finally {
            redis.del(PLAIN);
        }
    }

    private void phases(PresenceTopic topic) {
        Walk walk = new Walk(names.length, 0, 1);
        Window window = new Window(UNDER_WAY);
        phase("touch, 512 under way", () -> {
            String member = names[walk.next()];
            window.begin(() -> topic.async().touch(member));
        });
        phase("isLive, 512 under way", () -> {
            String member = names[walk.next()];
            window.begin(() -> topic.async().isLive(member));
        });
        window.drain();
        phase("touchAll of 4096", () -> topic.touchAll(walk.next(names, PER_CALL)));
        phase("liveAmong of 4096", () -> topic.liveAmong(walk.next(names, PER_CALL)));
        phase("count", topic::count);
        phase("list", topic::list);
        once("reset", topic::reset);
    }

    private interface Chunk {
        void send(List<String> members);
    }

    private void inChunks(Chunk chunk) {
        List<String> all = Arrays.asList(names);
        for (int from = 0; from < names.length; from += PER_CALL) {
            chunk.send(all.subList(from, Math.min(names.length, from + PER_CALL)));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Lettuce wants an array of a generic type
    private void plainly(List<String> members) {
        double now = System.currentTimeMillis();
        ScoredValue[] scored =
                members.stream().map(member -> ScoredValue.just(now, member)).toArray(ScoredValue[]::new);
        redis.zadd(PLAIN, (ScoredValue<String>[]) scored);
    }

    private long bytesPerMember(Runnable join) {
        long before = usedMemory();
        join.run();
        return (usedMemory() - before) / names.length;
    }

    private long usedMemory() {
        return redis.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private void once(String what, Runnable work) {
        redis.slowlogReset();
        try (Pings pings = new Pings(uri)) {
            work.run();
            pings.print(what, 1, longestCommandMillis());
        }
    }

    private void phase(String what, Runnable call) {
        long end = System.nanoTime() + Duration.ofSeconds(PHASE_SECONDS).toNanos();
        long calls = 0;
        redis.slowlogReset();
        try (Pings pings = new Pings(uri)) {
            while (System.nanoTime() < end) {
                call.run();
                calls++;
            }
            pings.print(what, calls, longestCommandMillis());
        }
    }

    /** By the server's own account, whatever else the machine does. */
    private double longestCommandMillis() {
        return redis.slowlogGet(-1).stream()
                        .mapToLong(entry -> (Long) ((List<?>) entry).get(2))
                        .max()
                        .orElse(0)
                / 1e3;
    }
}
