package io.github.presence4j.spi;

/** Receives the signals of a topic; see {@link PresenceStore#onChange}. Returns at once, and does not throw. */
@FunctionalInterface
public interface ChangeListener {

    /** Called when something may have changed. The receiver polls the topic. */
    void changed();

    /**
     * Called when something has changed, with the changes, so that a receiver which is at the cursor before them need not poll. Any
     * other receiver polls. The default polls.
     *
     * @param next the changes, and the cursor that they follow
     */
    default void changed(NextChanges next) {
        changed();
    }
}
