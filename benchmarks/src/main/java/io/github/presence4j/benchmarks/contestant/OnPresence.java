package io.github.presence4j.benchmarks.contestant;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.PresenceStore;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Ours, on whichever store, by its public API and with default settings. */
final class OnPresence implements Contestant {
    private static final int ATTEMPTS = 10;

    private final PresenceStore store;
    private final Presence presence;

    OnPresence(PresenceStore store) {
        this.store = store;
        this.presence = Presence.using(store, PresenceConfig.defaults());
        awaitConnection();
    }

    /** Makes calls until the store answers: on a busy machine, connecting takes longer than the timeout of a call. */
    private void awaitConnection() {
        PresenceException last = new PresenceException("Not tried", null);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                presence.topic("none").count();
                return;
            } catch (PresenceException e) {
                last = e;
            }
        }
        throw last;
    }

    @Override
    public ContestantTopic room(String topic) {
        return new Topic(presence.topic(topic));
    }

    @Override
    public SessionTopic sessions(String topic) {
        return new OnPresenceSessions(presence.topic(topic));
    }

    @Override
    public void close() {
        presence.close();
        store.close();
    }

    private static final class Topic implements ContestantTopic {
        private final PresenceTopic topic;
        private final AsyncPresenceTopic async;

        Topic(PresenceTopic topic) {
            this.topic = topic;
            this.async = topic.async();
        }

        @Override
        public CompletionStage<?> touchAsync(String member) {
            return async.touch(member);
        }

        @Override
        public void touch(String member) {
            topic.touch(member);
        }

        @Override
        public CompletionStage<?> touchAllAsync(List<String> members) {
            return async.touchAll(members);
        }

        @Override
        public void touchAll(List<String> members) {
            topic.touchAll(members);
        }

        @Override
        public CompletionStage<Boolean> isLiveAsync(String member) {
            return async.isLive(member);
        }

        @Override
        public boolean isLive(String member) {
            return topic.isLive(member);
        }

        @Override
        public int liveAmong(List<String> members) {
            return topic.liveAmong(members).size();
        }

        @Override
        public CompletionStage<?> leaveAsync(String member) {
            return async.leave(member);
        }

        @Override
        public long count() {
            return topic.count();
        }

        @Override
        public int list() {
            return topic.list().size();
        }
    }
}
