package io.github.presence4j.testkit;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every rule of {@code docs/rules.md} as one test or more, named after the rule, so that a red test says which promise was
 * broken. The test of signals runs first, because many others need them. A backend's test implements this:
 *
 * <pre>{@code
 * class MyStoreTest implements PresenceStoreContract {
 *     @Override
 *     public PresenceStoreFixture fixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>The random histories print their seed when they fail; {@code -Dpresence.seed} repeats it.
 */
@ExtendWith(TestContextResolver.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("exports") // what the tests play on is no part of what a backend implements
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public interface PresenceStoreContract
        extends SignalContract,
                TimeContract,
                ClockContract,
                TtlContract,
                SessionContract,
                OrderContract,
                ReadContract,
                PageContract,
                CostContract,
                WatchContract,
                WatchFaultContract,
                LagContract,
                TimeoutContract,
                ResyncContract,
                ReclaimContract,
                ForgettingContract,
                InputContract,
                FailureContract,
                CallContract,
                LeaseContract,
                BoundContract,
                ConcurrencyContract,
                RandomisedContract {

    /**
     * Called once per test, which closes what it is given.
     *
     * @return a fixture; its data may be shared with other tests
     */
    PresenceStoreFixture fixture();
}
