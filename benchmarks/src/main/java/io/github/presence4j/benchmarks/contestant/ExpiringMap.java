package io.github.presence4j.benchmarks.contestant;

import com.hazelcast.aggregation.Aggregators;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map from members to when they were seen, whose entries have a TTL, by hand. */
final class ExpiringMap implements Contestant {
    static final String PREFIX = "by-hand:";

    private final HazelcastInstance hazelcast;
    private final Function<IMap<String, Long>, ContestantTopic> room;
    private final boolean direct;

    ExpiringMap(HazelcastInstance hazelcast, Function<IMap<String, Long>, ContestantTopic> room) {
        this(hazelcast, room, false);
    }

    private ExpiringMap(
            HazelcastInstance hazelcast, Function<IMap<String, Long>, ContestantTopic> room, boolean direct) {
        this.hazelcast = hazelcast;
        this.room = room;
        this.direct = direct;
    }

    /**
     * The same for who knows that Hazelcast completes callbacks on a machine of two processors by starting a thread for each,
     * and lets them run where the answer arrives instead.
     */
    static ExpiringMap direct(HazelcastInstance hazelcast) {
        return new ExpiringMap(hazelcast, Direct::new, true);
    }

    static CompletionStage<?> direct(CompletionStage<?> call) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        call.whenCompleteAsync((nothing, failure) -> complete(done, failure), Runnable::run);
        return done;
    }

    private static void complete(CompletableFuture<@Nullable Void> done, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    @Override
    public ContestantTopic room(String topic) {
        return room.apply(hazelcast.getMap(PREFIX + topic));
    }

    @Override
    public SessionTopic sessions(String topic) {
        return new ExpiringTabs(hazelcast.getMap(PREFIX + topic), direct);
    }

    @Override
    public void close() {}

    /** One operation for each touch. */
    static class PerEntry implements ContestantTopic {
        final IMap<String, Long> map;

        PerEntry(IMap<String, Long> map) {
            this.map = map;
        }

        @Override
        public CompletionStage<?> touchAsync(String member) {
            return map.setAsync(member, System.currentTimeMillis(), TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void touch(String member) {
            map.set(member, System.currentTimeMillis(), TTL.toSeconds(), TimeUnit.SECONDS);
        }

        /** The TTL is the map's. */
        final CompletionStage<?> setAll(List<String> members) {
            Long now = System.currentTimeMillis();
            Map<String, Long> all = new HashMap<>();
            members.forEach(member -> all.put(member, now));
            return map.setAllAsync(all);
        }

        @Override
        public void join(List<String> members) {
            setAll(members).toCompletableFuture().join();
        }

        @Override
        public CompletionStage<Boolean> isLiveAsync(String member) {
            return map.getAsync(member).thenApply(seen -> seen != null);
        }

        @Override
        public boolean isLive(String member) {
            return map.containsKey(member);
        }

        @Override
        public int liveAmong(List<String> members) {
            return map.getAll(new HashSet<>(members)).size();
        }

        @Override
        public CompletionStage<?> leaveAsync(String member) {
            return map.deleteAsync(member);
        }

        @Override
        public long count() {
            return map.aggregate(Aggregators.count(), live());
        }

        @Override
        public int list() {
            return map.keySet(live()).size();
        }

        private static Predicate<String, Long> live() {
            return Predicates.greaterEqual("this", System.currentTimeMillis() - TTL.toMillis());
        }
    }

    /** Callbacks run where the answer arrives. */
    private static final class Direct extends PerEntry {
        Direct(IMap<String, Long> map) {
            super(map);
        }

        @Override
        public CompletionStage<?> touchAsync(String member) {
            return direct(super.touchAsync(member));
        }
    }

    /** One call for many. */
    static final class Bulk extends PerEntry {
        Bulk(IMap<String, Long> map) {
            super(map);
        }

        @Override
        public CompletionStage<?> touchAllAsync(List<String> members) {
            return setAll(members);
        }
    }
}
