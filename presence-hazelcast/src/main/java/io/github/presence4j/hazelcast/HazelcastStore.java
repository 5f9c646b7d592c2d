package io.github.presence4j.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

/**
 * Presence on a Hazelcast cluster of version 5.5 or later, as a member of it or as its client. Thread-safe.
 *
 * <p>A topic is one object on the member that owns it, with a copy on another one: every operation is one message to the owner,
 * who decides by the cluster's time (T2). Large bulk calls are cut, so that none keeps the owner for longer than a millisecond or
 * so (R3). The members need this module on their class path. {@code docs/hazelcast-layout.md} describes what is kept.
 *
 * <pre>{@code
 * HazelcastStore store = HazelcastStore.builder().instance(hazelcast).build();
 * Presence presence = Presence.using(store, PresenceConfig.defaults());
 * }</pre>
 */
public final class HazelcastStore implements PresenceStore {
    private static final int SLOTS = 2;
    private static final int PER_CALL = 1000;

    private final HazelcastInstance hazelcast;
    private final boolean own;
    private final Hints hints;
    private final Owners owners;
    private volatile boolean closed;

    private HazelcastStore(HazelcastInstance hazelcast, boolean own) {
        this.hazelcast = hazelcast;
        this.own = own;
        this.hints = new Hints(hazelcast);
        this.owners = new Owners(hazelcast);
    }

    /** {@return a builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CompletionStage<Set<String>> touch(Topic topic, Collection<Touch> touches) {
        long ttl = topic.ttl().toMillis();
        return union(inChunks(touches, chunk -> change(topic, new Request.Touching(chunk, ttl))));
    }

    @Override
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        return union(inChunks(leaves, chunk -> change(topic, new Request.Leaving(chunk))));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members) {
        return together(inChunks(members, chunk -> ask(topic, Question.live(topic.window(), chunk))))
                .thenApply(parts -> {
                    Map<String, Member> live = new HashMap<>();
                    parts.forEach(part -> live.putAll(part.byName()));
                    return live;
                });
    }

    @Override
    public CompletionStage<Long> count(Topic topic) {
        return ask(topic, Question.count(topic.window())).thenApply(Answer::count);
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        return ask(topic, Question.page(topic.window(), cursor, limit)).thenApply(Answer::page);
    }

    @Override
    public CompletionStage<@Nullable Void> reset(Topic topic) {
        return change(topic, new Request.Resetting()).thenApply(done -> null);
    }

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        return change(topic, new Request.Watching(cursor)).thenApply(Outcome::changes);
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
        return hints.add(topic.id(), wake);
    }

    private CompletionStage<Outcome> change(Topic topic, Request request) {
        return owners.submit(topic, Change.of(request, topic.ttl().toMillis())).thenApply(outcome -> {
            if (outcome.isHint()) {
                hints.publish(topic.id());
            }
            return outcome;
        });
    }

    private CompletionStage<Answer> ask(Topic topic, Question question) {
        return owners.submit(topic, question);
    }

    /** All on their way at once, each bounded. One call if there is nothing: a touch of nobody records the TTL. */
    private static <T, R> List<CompletionStage<R>> inChunks(
            Collection<T> all, Function<List<T>, CompletionStage<R>> call) {
        List<T> list = List.copyOf(all);
        List<CompletionStage<R>> calls = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(list.size(), from + PER_CALL);
            calls.add(call.apply(list.subList(from, to)));
            from = to;
        } while (from < list.size());
        return calls;
    }

    private static CompletionStage<Set<String>> union(List<CompletionStage<Outcome>> calls) {
        return together(calls).thenApply(parts -> {
            Set<String> names = new HashSet<>();
            parts.forEach(part -> names.addAll(part.names()));
            return names;
        });
    }

    private static <R> CompletionStage<List<R>> together(List<CompletionStage<R>> calls) {
        List<CompletableFuture<R>> futures =
                calls.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public int batchSlots() {
        return SLOTS;
    }

    /** Ends the member or client if the store made it, which takes a second or so where partitions have to move. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            owners.close();
            hints.close();
            if (own) {
                hazelcast.shutdown();
            }
        }
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private @Nullable HazelcastInstance instance;
        private String clusterName = "presence4j";
        private List<String> members = List.of();
        private int port = 5701;
        private boolean client;
        private int backups = 1;
        private Duration timeout = Duration.ofSeconds(2);

        private Builder() {}

        /**
         * Takes the application's own member or client, and never shuts it down. A client's members need this module. Adds the
         * configuration of the maps {@code presence4j:*} to the cluster.
         *
         * @param instance the member or client
         * @return this
         */
        public Builder instance(HazelcastInstance instance) {
            this.instance = Objects.requireNonNull(instance, "instance");
            return this;
        }

        /**
         * Sets the name of the cluster to form or join, {@code presence4j} by default.
         *
         * @param clusterName the name
         * @return this
         */
        public Builder clusterName(String clusterName) {
            this.clusterName = Objects.requireNonNull(clusterName, "clusterName");
            return this;
        }

        /**
         * Sets where other members are; none by default.
         *
         * @param members host, or host:port
         * @return this
         */
        public Builder members(List<String> members) {
            this.members = List.copyOf(members);
            return this;
        }

        /**
         * Sets the port to listen on; the next free one is taken if it is in use. 5701 by default.
         *
         * @param port 1 to 65535
         * @return this
         */
        public Builder port(int port) {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port must be from 1 to 65535 but was " + port);
            }
            this.port = port;
            return this;
        }

        /**
         * Says whether to be a client of the cluster rather than a member; not by default.
         *
         * @param client whether
         * @return this
         */
        public Builder client(boolean client) {
            this.client = client;
            return this;
        }

        /**
         * Sets how many copies are kept beside the owner's, 1 by default: so many members may die at once. All nodes have to agree.
         *
         * @param backups 0 to 6
         * @return this
         */
        public Builder backups(int backups) {
            if (backups < 0 || backups > 6) {
                throw new IllegalArgumentException("backups must be from 0 to 6 but was " + backups);
            }
            this.backups = backups;
            return this;
        }

        /**
         * Sets how long a client's attempt to connect may take; a member that says nothing for twice as long is given up by it.
         * 2 seconds by default.
         *
         * @param timeout positive
         * @return this
         */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Makes the store. A member joins its cluster first, which takes seconds; a client waits for its cluster for as long as the
         * timeout, and then goes on trying in the background.
         *
         * @return the store
         */
        public HazelcastStore build() {
            if (instance != null) {
                try {
                    instance.getConfig().addMapConfig(Settings.map(backups));
                } catch (HazelcastException e) {
                    throw Failures.translate(e);
                }
                return new HazelcastStore(instance, false);
            }
            return new HazelcastStore(
                    client
                            ? Arrival.client(Settings.client(clusterName, members, timeout), timeout)
                            : Hazelcast.newHazelcastInstance(Settings.member(clusterName, port, members, backups)),
                    true);
        }
    }
}
