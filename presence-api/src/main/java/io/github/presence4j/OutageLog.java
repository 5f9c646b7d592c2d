package io.github.presence4j;

import io.github.presence4j.spi.QuotedText;
import java.util.function.BiConsumer;

/** A log of outages: one warning per outage of a store, however many topics are watched. Thread-safe. */
final class OutageLog {
    private static final System.Logger LOG = System.getLogger(OutageLog.class.getName());

    private final BiConsumer<String, Throwable> warning;
    private final LogThrottle throttle = new LogThrottle();
    private int interrupted;

    OutageLog() {
        this((line, failure) -> LOG.log(System.Logger.Level.WARNING, line, failure));
    }

    OutageLog(BiConsumer<String, Throwable> warning) {
        this.warning = warning;
    }

    /** Records that the watch of a topic has been interrupted. */
    void begin(String topic, Throwable failure) {
        int topics;
        synchronized (this) {
            topics = ++interrupted;
        }
        if (throttle.count() > 0) {
            warning.accept(
                    "Watching topic " + QuotedText.of(topic) + " is interrupted (interrupted topics: " + topics
                            + "; others may follow without a line of their own);"
                            + " watchers are resynchronised when the store answers again",
                    failure);
        }
    }

    /** Records that an interrupted watch works again or has ended. */
    void end() {
        boolean over;
        synchronized (this) {
            over = --interrupted == 0;
        }
        if (over) {
            throttle.reset();
            LOG.log(System.Logger.Level.INFO, "No watch is interrupted any more");
        }
    }
}
