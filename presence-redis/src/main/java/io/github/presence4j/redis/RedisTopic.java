package io.github.presence4j.redis;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.sharding.Shard;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.sharding.Stages;
import io.github.presence4j.sharding.Utf8Length;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import io.lettuce.core.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One topic, or one shard of one: what the scripts do to its keys, each call of a script bounded in its work (R3). */
final class RedisTopic implements TopicStore, Shard {
    private static final Script TOUCH = Script.load("touch");
    private static final Script LEAVE = Script.load("leave");
    private static final Script LIVE = Script.load("live");
    private static final Script AMONG = Script.load("among");
    private static final Script COUNT = Script.load("count");
    private static final Script PAGE = Script.load("page");
    private static final Script NAMES = Script.load("names");
    private static final Script RESET = Script.load("reset");
    private static final Script CHANGES = Script.load("changes");

    /** Touches, leaves or names per call of a script: a millisecond or so of the server's time. */
    private static final int PER_CALL = 256;

    /** The server works on one while the other is read here. It runs what it finds on a connection in one go, so more make others wait. */
    private static final int CALLS_AT_ONCE = 2;

    private static final int NAMES_PER_CALL = 1000;
    private static final int NAMES_AT_THE_END = 2000;

    /** The number of elements in a reply of {@code names.lua} that lists names; one more reports that INFO is not allowed. */
    private static final int NAMES_REPLY = 5;

    /** What a listing reads before a script is asked again. */
    private static final int RANGES = 64;

    private static final int EVENTS_PER_CALL = 500;

    /** The most bytes of names, sessions and data that one call returns, unless a single member has more (B2). */
    private static final String BYTES_PER_CALL = Integer.toString(Utf8Length.PER_PAGE);

    private final RedisConnections link;
    private final CellKeys keys;
    private final Topic topic;
    private final ListingSource listings;
    private final String ttl;

    RedisTopic(RedisConnections link, CellKeys keys, Topic topic, ListingSource listings) {
        this.link = link;
        this.keys = keys;
        this.topic = topic;
        this.listings = listings;
        this.ttl = Long.toString(topic.ttl().toMillis());
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return Stages.touched(inChunks(
                touches,
                Touch::member,
                chunk -> write(TOUCH, ScriptArguments.touches(chunk), reply -> ReplyParser.touched(chunk, reply))));
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return Stages.union(inChunks(
                leaves,
                Leave::member,
                chunk ->
                        write(LEAVE, ScriptArguments.leaves(chunk), reply -> new HashSet<>(ReplyParser.names(reply)))));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return Stages.merged(inChunks(members, name -> name, this::liveByBytes));
    }

    /** Reads members, and repeats the call for those that did not fit into the reply. */
    private CompletionStage<Map<String, Member>> liveByBytes(List<String> members) {
        List<String> args = new ArrayList<>(members.size() + 1);
        args.add(BYTES_PER_CALL);
        args.addAll(members);
        return read(link.primary(), LIVE, keys.forMembers(), args).thenCompose(reply -> {
            List<@Nullable Object> answers = ReplyParser.list(reply.get(1));
            Map<String, Member> live = live(members, answers);
            return answers.size() == members.size()
                    ? CompletableFuture.completedFuture(live)
                    : liveByBytes(members.subList(answers.size(), members.size()))
                            .thenApply(rest -> {
                                live.putAll(rest);
                                return live;
                            });
        });
    }

    private static Map<String, Member> live(List<String> asked, List<@Nullable Object> answers) {
        Map<String, Member> live = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Object answer = answers.get(i);
            if (answer != null) {
                live.put(asked.get(i), ReplyParser.member(asked.get(i), answer));
            }
        }
        return live;
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return Stages.union(inChunks(
                members,
                name -> name,
                chunk -> read(link.primary(), AMONG, keys.forCounting(), chunk)
                        .thenApply(reply ->
                                among(chunk, ReplyParser.number(reply.get(1)), ReplyParser.list(reply.get(2))))));
    }

    private static Set<String> among(List<String> asked, long cutoff, List<@Nullable Object> seen) {
        Set<String> live = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            Object at = seen.get(i);
            if (at != null && ReplyParser.number(at) >= cutoff) {
                live.add(asked.get(i));
            }
        }
        return live;
    }

    @Override
    public CompletionStage<Long> count() {
        return read(listings.ofCounts(), COUNT, keys.forCounting(), List.of())
                .thenApply(reply -> ReplyParser.number(reply.get(1)));
    }

    /** No more than one call of a script may look at; so a page may be shorter than asked for, also if it is not the last. */
    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        return page(listings.ofPages(), cursor, limit);
    }

    private CompletionStage<MemberPage> page(CommandQueue<?> redis, @Nullable String cursor, int limit) {
        List<String> args =
                List.of(PageCursor.member(cursor), Integer.toString(Math.min(limit, NAMES_PER_CALL)), BYTES_PER_CALL);
        return read(redis, PAGE, keys.forPages(), args).thenApply(reply -> {
            List<@Nullable Object> flat = ReplyParser.list(reply.get(2));
            List<Member> members = new ArrayList<>(flat.size() / 2);
            for (int i = 0; i < flat.size(); i += 2) {
                members.add(ReplyParser.member(
                        (String) Objects.requireNonNull(flat.get(i)), Objects.requireNonNull(flat.get(i + 1))));
            }
            return new MemberPage(members, PageCursor.after((String) reply.get(1)));
        });
    }

    /**
     * The ranges may be read in any order, since members move towards the end alone; the script, which may reach that end, goes after
     * them all. By page if replicas list: each replica may know another order.
     */
    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        if (listings.hasReplicas()) {
            return TopicStore.super.names(cursor, limit);
        }
        if (cursor != null && PageCursor.is(cursor)) {
            return namesByPage(cursor, limit);
        }
        NameCursor from = NameCursor.parse(cursor);
        List<String> args = List.of(
                from.script(),
                Integer.toString(Math.min(NAMES_PER_CALL, limit)),
                Integer.toString(RANGES),
                Integer.toString(Math.min(NAMES_AT_THE_END, limit)));
        return Stages.all(Stages.mapBounded(CALLS_AT_ONCE, from.ranges(), this::range))
                .thenCompose(before -> read(link.primary(), NAMES, keys.forNames(), args)
                        .thenCompose(reply -> reply.size() > NAMES_REPLY
                                ? namesByPage(null, limit)
                                : CompletableFuture.completedFuture(page(before, reply))));
    }

    private CompletionStage<List<String>> range(Range<Double> range) {
        String key = keys.live();
        return RedisErrors.translated(
                link.primary().call(keys.prefix(), (redis, node) -> redis.zrangebyscore(key, range)));
    }

    /**
     * Lists names page by page. Used if the user may not use INFO: then the script cannot notice a failover, and the order of
     * pages needs no such notice.
     */
    private CompletionStage<NamePage> namesByPage(@Nullable String cursor, int limit) {
        return page(link.primary(), cursor, limit).thenApply(page -> NamePage.of(page, cursor));
    }

    private static NamePage page(List<List<String>> before, List<@Nullable Object> reply) {
        List<String> names = new ArrayList<>();
        before.forEach(names::addAll);
        names.addAll(ReplyParser.names(ReplyParser.list(reply.get(2))));
        String next = NameCursor.text(reply.get(1), ReplyParser.list(reply.get(3)));
        return new NamePage(names, ReplyParser.number(reply.get(4)) == 1, next);
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return this.<@Nullable Void>write(RESET, List.of(), reply -> null);
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        return cellChanges(Objects.requireNonNullElse(cursor, CellChanges.NONE), true)
                .thenApply(CellChanges::toChanges);
    }

    /** The time of events is the server's, in microseconds. */
    @Override
    public CompletionStage<ShardChanges> changes(String cursor, long after) {
        return new LaterChanges(() -> cellChanges(cursor, true), link.timer()).after(after);
    }

    @Override
    public CompletionStage<ShardChanges> lastChanges(String cursor) {
        return cellChanges(cursor, false).thenApply(changes -> changes.toShardChanges(ShardChanges.CLOSED));
    }

    /** Without a sweep nothing is added to the history, as in a cell that a reset left behind. */
    private CompletionStage<CellChanges> cellChanges(String cursor, boolean sweep) {
        String events = Integer.toString(EVENTS_PER_CALL);
        return write(CHANGES, List.of(cursor, events, sweep ? events : "0"), CellChanges::of);
    }

    private <R extends @Nullable Object> CompletionStage<R> write(
            Script script, List<String> args, Function<List<@Nullable Object>, R> parser) {
        String[] all = new String[args.size() + 2];
        all[0] = ttl;
        all[1] = keys.channel();
        fill(all, 2, args);
        return run(link.primary(), script, keys.all(), all, parser);
    }

    private static void fill(String[] values, int from, List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            values[from + i] = args.get(i);
        }
    }

    /** Runs a script that reads. If it reports that the server's clock was set back, runs one that records that. */
    private CompletionStage<List<@Nullable Object>> read(
            CommandQueue<?> redis, Script script, String[] keysToRead, List<String> args) {
        String[] all = new String[args.size() + 1];
        Duration window = topic.window();
        all[0] = window == null ? "-1" : Long.toString(window.toMillis());
        fill(all, 1, args);
        return run(redis, script, keysToRead, all, reply -> {
            if (ReplyParser.number(reply.get(0)) == 1) {
                write(LEAVE, List.of(), done -> done);
            }
            return reply;
        });
    }

    private <R extends @Nullable Object> CompletionStage<R> run(
            CommandQueue<?> redis,
            Script script,
            String[] named,
            String[] values,
            Function<List<@Nullable Object>, R> parser) {
        return RedisErrors.translated(
                redis.call(keys.prefix(), (commands, node) -> script.run(commands, node, keys, named, values)), parser);
    }

    private static <T, R> List<CompletionStage<R>> inChunks(
            List<T> all, Function<T, String> member, Function<List<T>, CompletionStage<R>> call) {
        return Stages.parts(CALLS_AT_ONCE, PER_CALL, all, member, call);
    }
}
