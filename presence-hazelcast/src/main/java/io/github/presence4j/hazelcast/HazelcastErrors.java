package io.github.presence4j.hazelcast;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationState;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.partition.NoDataMemberInClusterException;
import com.hazelcast.spi.exception.RetryableException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.spi.AsyncFailures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Translates failures of the cluster or the connection into this project's exceptions; the client's is the
 * cause (rule E6). Only failures that are known to be temporary become a {@link PresenceUnavailableException} (rule E7).
 */
final class HazelcastErrors {
    private static final String REPEAT = " A change may have taken effect; touch, leave and reset may be repeated.";

    private static final List<Class<?>> OUTAGES = List.of(
            IOException.class,
            TimeoutException.class,
            RejectedExecutionException.class,
            RetryableException.class,
            IndeterminateOperationState.class,
            IndeterminateOperationStateException.class,
            OperationTimeoutException.class,
            TargetDisconnectedException.class,
            NoDataMemberInClusterException.class,
            SplitBrainProtectionException.class,
            HazelcastOverloadException.class,
            HazelcastInstanceNotActiveException.class,
            HazelcastClientNotActiveException.class,
            HazelcastClientOfflineException.class);

    private static final List<Class<?>> UNKNOWN_CLASS =
            List.of(HazelcastSerializationException.class, ClassNotFoundException.class);

    private HazelcastErrors() {}

    static PresenceException translate(Throwable failure) {
        Throwable cause = AsyncFailures.unwrap(failure);
        if (cause instanceof PresenceException ours) {
            return ours;
        }
        if (cause instanceof InvalidConfigurationException) {
            return new PresenceConfigurationException("Hazelcast refuses the configuration: " + cause.getMessage());
        }
        if (isCausedBy(cause, UNKNOWN_CLASS)) {
            return new PresenceException(
                    "The Hazelcast members do not know presence4j: put presence-hazelcast, presence-cell, presence-sharding"
                            + " and presence-api, of this version, on the class path of every member.",
                    cause);
        }
        if (isCausedBy(cause, OUTAGES)) {
            return new PresenceUnavailableException(
                    "The Hazelcast cluster is out of reach: " + cause + "." + REPEAT, cause);
        }
        return new PresenceException("Hazelcast failed: " + cause + "." + REPEAT, cause);
    }

    /** Returns the failure of a change that reached its owner after the deadline. */
    static PresenceUnavailableException late() {
        return new PresenceUnavailableException(
                "The change reached its Hazelcast member after its deadline, and was not carried out. It may be repeated.",
                null);
    }

    static PresenceException tooManyUnderWay(int limit) {
        return new PresenceCapacityException(
                "Limit of " + limit + " calls under way to Hazelcast reached: a call was not"
                        + " sent. Make fewer calls at once, or use bulk calls.");
    }

    static PresenceUnavailableException closed() {
        return new PresenceUnavailableException("The Hazelcast store is closed; open another one", null);
    }

    static PresenceUnavailableException unanswered(Duration timeout) {
        return new PresenceUnavailableException(
                "The Hazelcast cluster did not answer within " + timeout.toMillis() + " ms." + REPEAT, null);
    }

    private static boolean isCausedBy(Throwable failure, List<Class<?>> types) {
        return AsyncFailures.findCause(failure, cause -> types.stream().anyMatch(type -> type.isInstance(cause)))
                != null;
    }
}
