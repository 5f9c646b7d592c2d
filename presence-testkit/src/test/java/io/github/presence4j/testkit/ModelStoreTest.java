package io.github.presence4j.testkit;

import java.time.Duration;

/** A store that is right passes the suite. */
class ModelStoreTest implements PresenceStoreContract {
    @Override
    public PresenceStoreFixture fixture() {
        return new ModelFixture(ModelStore::new, Duration.ofSeconds(10));
    }
}
