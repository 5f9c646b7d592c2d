package io.github.presence4j.checks;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceTopic;

/** The base class of a compiled snippet, with the variables that a snippet may use without declaring them. */
public abstract class ReadmeSnippet {
    protected final Presence presence;
    protected final PresenceTopic live;

    protected ReadmeSnippet(Presence presence) {
        this.presence = presence;
        this.live = presence.topic("crm_navbar:live_users");
    }

    /** Runs the snippet. */
    public abstract void run() throws Exception;
}
