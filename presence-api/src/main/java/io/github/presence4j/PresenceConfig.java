package io.github.presence4j;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link Presence}. Immutable and thread-safe. The defaults suit heartbeats every one to two minutes. */
public final class PresenceConfig {
    /** The longest sweep interval that is allowed with any TTL. */
    static final Duration SHORT_SWEEP = Duration.ofSeconds(1);

    private final @Nullable String backend;
    private final String namespace;
    private final Duration ttl;
    private final Duration timeout;
    private final Duration sweepInterval;
    private final int eventQueue;
    private final @Nullable Executor listenerExecutor;
    private final Map<String, String> properties;

    private PresenceConfig(Builder builder) {
        this.backend = builder.backend;
        this.namespace = builder.namespace;
        this.ttl = builder.ttl;
        this.timeout = builder.timeout;
        this.sweepInterval = builder.sweepInterval;
        this.eventQueue = builder.eventQueue;
        this.listenerExecutor = builder.listenerExecutor;
        this.properties = Map.copyOf(builder.properties);
    }

    /** {@return a new builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a configuration with all defaults} */
    public static PresenceConfig defaults() {
        return builder().build();
    }

    /** {@return the backend's name; empty if the application named none here} */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** {@return the namespace, which separates the topics of two applications on one store} */
    public String namespace() {
        return namespace;
    }

    /** {@return how long a session is live after its last touch, the last millisecond included} */
    public Duration ttl() {
        return ttl;
    }

    /** {@return how long a call may take before it fails with a {@link PresenceUnavailableException}} */
    public Duration timeout() {
        return timeout;
    }

    /** {@return how late a watch may report a timeout while the store works normally} */
    public Duration sweepInterval() {
        return sweepInterval;
    }

    /** {@return how many events may wait for one listener; one that lets the queue overflow is resynchronised instead} */
    public int eventQueue() {
        return eventQueue;
    }

    /** {@return the executor of the listeners; empty if the application set none} */
    public Optional<Executor> listenerExecutor() {
        return Optional.ofNullable(listenerExecutor);
    }

    /** Returns the properties of all backends. */
    Map<String, String> properties() {
        return properties;
    }

    /** Collects the settings of a {@link PresenceConfig}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String backend;
        private String namespace = "presence";
        private Duration ttl = Duration.ofMinutes(5);
        private Duration timeout = Duration.ofSeconds(2);
        private Duration sweepInterval = Duration.ofSeconds(1);
        private int eventQueue = 1024;
        private @Nullable Executor listenerExecutor;
        private final Map<String, String> properties = new TreeMap<>();

        private Builder() {}

        /**
         * Names the backend. Without it, {@code -Dpresence.backend}, then {@code PRESENCE_BACKEND}, then the only provider on
         * the class path decide.
         *
         * @param backend the backend's name, such as {@code inmemory}, {@code redis} or {@code hazelcast}
         * @return this builder
         * @throws IllegalArgumentException if the name is empty, has over 512 bytes of UTF-8 or an unpaired surrogate
         */
        public Builder backend(String backend) {
            this.backend = ArgumentChecks.name("backend", backend);
            return this;
        }

        /**
         * Sets the namespace, {@code presence} by default. Applications on one store that use different namespaces share no
         * topic.
         *
         * @param namespace the namespace, 1 to 512 bytes of UTF-8
         * @return this builder
         * @throws IllegalArgumentException if the namespace is empty, too long or has an unpaired surrogate
         */
        public Builder namespace(String namespace) {
            this.namespace = ArgumentChecks.name("namespace", namespace);
            return this;
        }

        /**
         * Sets the TTL, 5 minutes by default. With a heartbeat every 2 minutes, one lost heartbeat does not end a member.
         *
         * @param ttl the TTL, from 1 ms to 365 days in whole milliseconds
         * @return this builder
         * @throws IllegalArgumentException if the TTL is out of bounds or no whole number of milliseconds
         */
        public Builder ttl(Duration ttl) {
            this.ttl = ArgumentChecks.ttl("ttl", ttl);
            return this;
        }

        /**
         * Sets the timeout of a call, 2 seconds by default.
         *
         * @param timeout the timeout, from 1 ms to 1 hour
         * @return this builder
         * @throws IllegalArgumentException if the timeout is out of bounds
         */
        public Builder timeout(Duration timeout) {
            this.timeout = ArgumentChecks.between("timeout", timeout, Duration.ofMillis(1), Duration.ofHours(1));
            return this;
        }

        /**
         * Sets the sweep interval: how late a watch may report a timeout. The default is 1 second. A longer interval must not
         * exceed the TTL, because a watcher that polls less often than sessions last would miss them; {@link #build} checks
         * that. For a topic with a shorter TTL of its own, a longer interval is reduced to that TTL, but not below 1 second.
         *
         * @param sweepInterval the interval, from 10 ms to 1 minute
         * @return this builder
         * @throws IllegalArgumentException if the interval is out of bounds
         */
        public Builder sweepInterval(Duration sweepInterval) {
            this.sweepInterval = ArgumentChecks.between(
                    "sweepInterval", sweepInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
            return this;
        }

        /**
         * Sets the bound of each listener's queue, 1024 events by default.
         *
         * @param eventQueue the number of events, from 1 to 1,000,000
         * @return this builder
         * @throws IllegalArgumentException if the number is out of bounds
         */
        public Builder eventQueue(int eventQueue) {
            if (eventQueue < 1 || eventQueue > 1_000_000) {
                throw new IllegalArgumentException("eventQueue must be from 1 to 1,000,000 but was " + eventQueue);
            }
            this.eventQueue = eventQueue;
            return this;
        }

        /**
         * Sets the executor that runs the listeners. The default executor has at most 64 daemon threads for all watches of one
         * {@link Presence}: while 64 listeners block, other listeners wait. On Java 21 and later, an executor of virtual
         * threads has no such limit. {@link Presence} does not shut down an executor that is set here.
         *
         * <p>The executor may refuse a task, for example because its queue is full. The listener is then retried after at most
         * two seconds. If its event queue overflows until then, the listener receives the difference instead of the single
         * events.
         *
         * @param executor the executor; must not run a task in the thread that submits it
         * @return this builder
         */
        public Builder listenerExecutor(Executor executor) {
            this.listenerExecutor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Sets a property of a backend, such as {@code redis.uri}. {@link Presence#open} checks the properties of the chosen
         * backend and ignores those of others.
         *
         * @param key the backend's name, a dot, and a key that the backend knows. Case, hyphens and underscores do not matter:
         *     {@code inmemory.max-members} and {@code inmemory.MAX_MEMBERS} are the same key
         * @param value the value. It is never logged; an exception may show it, unless the key is one for secrets such as
         *     {@code redis.uri}
         * @return this builder
         * @throws IllegalArgumentException if the key is empty, has over 512 bytes of UTF-8 or an unpaired surrogate
         */
        public Builder property(String key, String value) {
            Objects.requireNonNull(value, "value");
            this.properties.put(ArgumentChecks.name("key", key), value);
            return this;
        }

        /**
         * Creates the configuration.
         *
         * @return the configuration
         * @throws IllegalArgumentException if the sweep interval is longer than both the TTL and 1 second
         */
        public PresenceConfig build() {
            if (sweepInterval.compareTo(SHORT_SWEEP) > 0 && sweepInterval.compareTo(ttl) > 0) {
                throw new IllegalArgumentException("sweepInterval must not be longer than ttl (or " + SHORT_SWEEP
                        + ") but was " + sweepInterval + " with a ttl of " + ttl + "; shorten sweepInterval");
            }
            return new PresenceConfig(this);
        }
    }
}
