package io.github.presence4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class AsyncFailuresTest {
    private final Throwable failure = new IOException("away", new IOException("its own cause"));

    /** As Hazelcast's own for a lost member. */
    private static final class MemberLeft extends ExecutionException {
        private static final long serialVersionUID = 1;

        MemberLeft(Throwable cause) {
            super("left", cause);
        }
    }

    @Test
    void wrappersOfFuturesAndStagesAreRemoved() {
        assertThat(AsyncFailures.unwrap(failure)).isSameAs(failure);
        assertThat(AsyncFailures.unwrap(new CompletionException(failure))).isSameAs(failure);
        assertThat(AsyncFailures.unwrap(new ExecutionException(new CompletionException(failure))))
                .isSameAs(failure);
    }

    @Test
    void aWrapperWithoutACauseIsTheFailure() {
        CompletionException empty = new CompletionException("nothing within", null);
        assertThat(AsyncFailures.unwrap(new ExecutionException(empty))).isSameAs(empty);
    }

    @Test
    void aSubclassOfAWrapperIsTheFailure() {
        MemberLeft left = new MemberLeft(failure);
        assertThat(AsyncFailures.unwrap(new CompletionException(left))).isSameAs(left);
    }
}
