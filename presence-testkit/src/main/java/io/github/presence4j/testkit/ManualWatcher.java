package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.TopicStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watcher that polls on request, and sees what the API would hide: duplicate events, and how the store splits them. */
final class ManualWatcher {
    /** A generous upper bound of the events in one answer (R3). */
    static final int ANSWER = 5_000;

    private final TestContext stage;
    private final TopicStore topic;
    private Changes last;

    ManualWatcher(TestContext stage, TopicStore topic) {
        this.stage = stage;
        this.topic = topic;
        this.last = ask(null);
        assertThat(last.gap()).as("without a cursor there is a gap").isTrue();
        assertThat(last.events()).as("events after a gap").isEmpty();
        if (isToGoOn()) {
            catchUp();
        }
    }

    private Changes ask(@Nullable String cursor) {
        Changes changes = stage.await(topic.changesSince(cursor));
        assertThat(changes.events()).as("events of one answer").hasSizeLessThanOrEqualTo(ANSWER);
        return changes;
    }

    private boolean isToGoOn() {
        return last.untilNext().compareTo(Changes.SOON) <= 0;
    }

    Changes last() {
        return last;
    }

    /** Returns all events since the last poll; fails if the store has lost some. */
    List<PresenceEvent> changes() {
        List<PresenceEvent> events = catchUp();
        assertThat(last.gap()).as("gap in the history").isFalse();
        return events;
    }

    /** The events since the last look up to a gap, which {@link #last} then shows. */
    List<PresenceEvent> catchUp() {
        List<PresenceEvent> events = new ArrayList<>();
        do {
            last = ask(last.cursor());
            events.addAll(last.events());
        } while (!last.gap() && isToGoOn());
        return events;
    }
}
