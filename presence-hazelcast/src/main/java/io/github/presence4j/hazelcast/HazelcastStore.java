package io.github.presence4j.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.cell.shards.Generation;
import io.github.presence4j.cell.shards.Guesses;
import io.github.presence4j.cell.shards.ShardedTopic;
import io.github.presence4j.cell.shards.WholeTopic;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Presence on a Hazelcast cluster of version 5.5 or later, as a member of it or as its client. Thread-safe.
 *
 * <p>A topic is one object on the member that owns it, with a copy on another one: every operation is one message to the owner,
 * who decides by the cluster's time (T2). A very big one can be {@linkplain Builder#topicShards split}. Large bulk calls are cut,
 * so that none keeps the owner for longer than a millisecond or so (R3). The members need this module on their class path.
 * {@code docs/hazelcast-layout.md} describes what is kept.
 *
 * <pre>{@code
 * HazelcastStore store = HazelcastStore.builder().instance(hazelcast).build();
 * Presence presence = Presence.using(store, PresenceConfig.defaults());
 * }</pre>
 */
public final class HazelcastStore implements PresenceStore {
    private static final int SLOTS = 2;

    private final HazelcastInstance hazelcast;
    private final boolean own;
    private final Hints hints;
    private final Owners owners;
    private final int shards;
    private final Guesses guesses = new Guesses();
    private volatile boolean closed;

    private HazelcastStore(HazelcastInstance hazelcast, boolean own, int shards) {
        this.hazelcast = hazelcast;
        this.own = own;
        this.shards = shards;
        this.hints = new Hints(hazelcast);
        this.owners = new Owners(hazelcast);
    }

    /** {@return a builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
        return whole(topic).touch(List.copyOf(touches));
    }

    @Override
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        return whole(topic).leave(List.copyOf(leaves));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members) {
        return whole(topic).live(List.copyOf(members));
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(Topic topic, Collection<String> members) {
        return whole(topic).liveAmong(List.copyOf(members));
    }

    @Override
    public CompletionStage<Long> count(Topic topic) {
        return whole(topic).count();
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        return whole(topic).page(cursor, limit);
    }

    @Override
    public CompletionStage<NamePage> names(Topic topic, @Nullable String cursor, int limit) {
        return whole(topic).names(cursor, limit);
    }

    @Override
    public CompletionStage<@Nullable Void> reset(Topic topic) {
        return whole(topic).reset();
    }

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        return whole(topic).changesSince(cursor);
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
        return hints.add(topic.id(), wake);
    }

    private WholeTopic whole(Topic topic) {
        return shards == 1
                ? Cell.of(owners, hints, topic)
                : new ShardedTopic(
                        topic,
                        shards,
                        new HazelcastHome(owners, hints, topic, shards),
                        guesses,
                        (shard, generation) -> generation.equals(Generation.FIRST)
                                ? Nowhere.SHARD
                                : Cell.shard(owners, hints, topic, shard, shards, generation));
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
        private static final int MAX_SHARDS = 256;

        private @Nullable HazelcastInstance instance;
        private String clusterName = "presence4j";
        private List<String> members = List.of();
        private int port = 5701;
        private boolean client;
        private int backups = 1;
        private int topicShards = 1;
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
         * Splits every topic into shards, which lie on different members; 1 by default. For a few topics of very many members:
         * every call costs one more message, and one on the whole topic one for each shard. All nodes have to agree; topics of
         * another number of shards are other topics.
         *
         * @param topicShards 1 to 256
         * @return this
         */
        public Builder topicShards(int topicShards) {
            if (topicShards < 1 || topicShards > MAX_SHARDS) {
                throw new IllegalArgumentException(
                        "topicShards must be from 1 to " + MAX_SHARDS + " but was " + topicShards);
            }
            this.topicShards = topicShards;
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
                return new HazelcastStore(instance, false, topicShards);
            }
            return new HazelcastStore(
                    client
                            ? Arrival.client(Settings.client(clusterName, members, timeout), timeout)
                            : Hazelcast.newHazelcastInstance(Settings.member(clusterName, port, members, backups)),
                    true,
                    topicShards);
        }
    }
}
