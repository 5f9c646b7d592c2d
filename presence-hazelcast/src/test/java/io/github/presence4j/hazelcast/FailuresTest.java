package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.cluster.Address;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.partition.NoDataMemberInClusterException;
import com.hazelcast.spi.exception.PartitionMigratingException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An outage is an outage, and nothing else is. */
class FailuresTest {

    static Stream<Throwable> outages() throws Exception {
        return Stream.of(
                new IOException("Connection refused"),
                new TimeoutException(),
                new HazelcastException(new IOException("Connection reset")),
                new OperationTimeoutException("no answer"),
                new MemberLeftException("gone"),
                new TargetDisconnectedException("gone"),
                new TargetNotMemberException("gone"),
                new NoDataMemberInClusterException("none"),
                new IndeterminateOperationStateException("no backup"),
                new PartitionMigratingException(new Address("127.0.0.1", 5701), 1, "op", "map"),
                new HazelcastOverloadException("full"),
                new HazelcastInstanceNotActiveException(),
                new HazelcastClientNotActiveException(),
                new HazelcastClientOfflineException());
    }

    @ParameterizedTest
    @MethodSource("outages")
    void e7_whatPassesByItselfIsAnOutage(Throwable failure) {
        assertThat(HazelcastErrors.translate(failure))
                .isInstanceOf(PresenceUnavailableException.class)
                .hasCause(failure);
        assertThat(HazelcastErrors.translate(new CompletionException(new ExecutionException(failure))))
                .isInstanceOf(PresenceUnavailableException.class);
    }

    static Stream<Throwable> others() {
        return Stream.of(
                new IllegalArgumentException("abc"),
                new NumberFormatException("abc"),
                new NullPointerException(),
                new ClassCastException("other"),
                new HazelcastException("unknown"),
                new IllegalStateException("Cluster state is FROZEN"),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("others")
    void e7_nothingElseIsAnOutage(Throwable failure) {
        assertThat(HazelcastErrors.translate(failure))
                .isExactlyInstanceOf(PresenceException.class)
                .hasCause(failure);
    }

    @Test
    void e7_aWrongConfigurationIsSaidToBeOne() {
        assertThat(HazelcastErrors.translate(new InvalidConfigurationException("backups")))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("backups");
    }
}
