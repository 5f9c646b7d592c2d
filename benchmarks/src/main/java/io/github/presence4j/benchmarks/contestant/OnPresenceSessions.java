package io.github.presence4j.benchmarks.contestant;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Touch;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The sessions of ours, by the public API. */
final class OnPresenceSessions implements SessionTopic {
    private static final int PER_PAGE = 1000;

    private final PresenceTopic topic;
    private final AsyncPresenceTopic async;

    OnPresenceSessions(PresenceTopic topic) {
        this.topic = topic;
        this.async = topic.async();
    }

    @Override
    public CompletionStage<?> touchAsync(String member, String tab, @Nullable String data) {
        return data == null ? async.touch(member, tab) : async.touch(member, tab, data);
    }

    @Override
    public void touch(String member, String tab, @Nullable String data) {
        if (data == null) {
            topic.touch(member, tab);
        } else {
            topic.touch(member, tab, data);
        }
    }

    @Override
    public void touchAll(List<Touch> beats) {
        topic.touch(beats);
    }

    @Override
    public CompletionStage<?> leaveAsync(String member, String tab) {
        return async.leave(member, tab);
    }

    @Override
    public @Nullable String data(String member, String tab) {
        return topic.member(member).stream()
                .flatMap(found -> found.sessions().stream())
                .filter(session -> tab.equals(session.id()))
                .map(session -> Objects.requireNonNullElse(session.data(), ""))
                .findFirst()
                .orElse(null);
    }

    @Override
    public long count() {
        long sessions = 0;
        String cursor = null;
        do {
            MemberPage page = topic.page(cursor, PER_PAGE);
            sessions += page.members().stream()
                    .mapToLong(member -> member.sessions().size())
                    .sum();
            cursor = page.next();
        } while (cursor != null);
        return sessions;
    }
}
