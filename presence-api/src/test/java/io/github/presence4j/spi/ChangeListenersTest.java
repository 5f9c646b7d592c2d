package io.github.presence4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeListenersTest {
    private final ChangeListeners<String> listeners = new ChangeListeners<>();
    private final List<String> signals = new ArrayList<>();

    @Test
    void aSignalReachesTheListenersOfItsKey() {
        listeners.add("room", () -> signals.add("room"));
        listeners.add("hall", () -> signals.add("hall"));
        listeners.signal("hall");
        listeners.signal("yard");
        assertThat(signals).containsExactly("hall");
        listeners.signalAll();
        assertThat(signals).containsExactlyInAnyOrder("hall", "hall", "room");
    }

    @Test
    void equalListenersAreTwoSubscriptions() {
        ChangeListener listener = () -> signals.add("room");
        Subscription one = listeners.add("room", listener);
        Subscription two = listeners.add("room", listener);
        assertThat(listeners.size()).isEqualTo(2);
        one.close();
        one.close();
        listeners.signal("room");
        assertThat(signals).hasSize(1);
        two.close();
        assertThat(listeners.size()).isZero();
    }

    @Test
    void aKeyHasListenersUntilTheLastIsRemoved() {
        Subscription one = listeners.add("room", () -> {});
        assertThat(listeners.has("room")).isTrue();
        listeners.whileUnchanged("room", has -> signals.add("room: " + has));
        one.close();
        assertThat(listeners.has("room")).isFalse();
        listeners.whileUnchanged("room", has -> signals.add("room: " + has));
        assertThat(signals).containsExactly("room: true", "room: false");
        assertThat(listeners.has("room")).as("asking adds nothing").isFalse();
    }

    @Test
    void aListenerMayRemoveItself() {
        List<Subscription> own = new ArrayList<>();
        own.add(listeners.add("room", () -> own.get(0).close()));
        listeners.add("room", () -> signals.add("room"));
        listeners.signal("room");
        listeners.signal("room");
        assertThat(listeners.size()).isEqualTo(1);
        assertThat(signals).hasSize(2);
    }
}
