package io.github.presence4j.example.navbar;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** All users that may need a badge: fifty invented colleagues, and every user that has visited the page. */
@Component
class Directory implements DisposableBean {
    static final List<String> COLLEAGUES = List.of(
            ("ana bo chidi dara emre freya goran hana ines jonas kofi lena mateo nadia oskar priya quinn rosa sven tara umar"
                            + " vera wei ximena yusuf zoe aiko bruno carmen dmitri elif farid greta hugo ivy jamal karin"
                            + " luca maya nils olga pablo rana sofia tomas uma viktor wanda yara zaid")
                    .split(" "));

    /** A page that anybody may script must not remember without a bound. */
    private static final int MAX_NAMES = 1_000;

    private final Set<String> everybody = new LinkedHashSet<>(COLLEAGUES);
    private final Subscription watch;

    Directory(PresenceTopic live) {
        this.watch = live.watch(this::meet);
    }

    synchronized List<String> everybody() {
        return List.copyOf(everybody);
    }

    private void meet(PresenceEvent event) {
        if (event instanceof PresenceEvent.Snapshot snapshot) {
            add(snapshot.members());
        } else if (event instanceof PresenceEvent.Joined joined) {
            add(List.of(joined.member()));
        }
    }

    private synchronized void add(Collection<String> members) {
        List<String> visitors = new ArrayList<>(members);
        visitors.removeAll(everybody);
        everybody.addAll(visitors.subList(0, Math.min(visitors.size(), MAX_NAMES - everybody.size())));
    }

    @Override
    public void destroy() {
        watch.close();
    }
}
