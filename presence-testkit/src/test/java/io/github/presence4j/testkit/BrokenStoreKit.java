package io.github.presence4j.testkit;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The suite on a broken store. Its name keeps it out of the build's own tests; {@link BrokenStoresTest} runs it. */
@ExtendWith(BrokenStoreKit.Chosen.class)
class BrokenStoreKit implements PresenceStoreContract {
    static final String INDEX = "presence.broken";

    private final BrokenStore broken;

    BrokenStoreKit(BrokenStore broken) {
        this.broken = broken;
    }

    @Override
    public PresenceStoreFixture fixture() {
        return new ModelFixture(broken.store(), Duration.ofMillis(2_500));
    }

    /** The broken store that the run is about. */
    static final class Chosen implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == BrokenStore.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return BrokenStore.at(context.getConfigurationParameter(INDEX).orElseThrow());
        }
    }
}
