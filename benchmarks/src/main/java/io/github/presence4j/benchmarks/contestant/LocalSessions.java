package io.github.presence4j.benchmarks.contestant;

import io.github.presence4j.Touch;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A rival within the process: it answers at once, so the calls that wait are the ones it is written in. */
interface LocalSessions extends SessionTopic {
    void leave(String member, String tab);

    @Override
    void touch(String member, String tab, @Nullable String data);

    @Override
    default CompletionStage<?> touchAsync(String member, String tab, @Nullable String data) {
        touch(member, tab, data);
        return LocalRoom.DONE;
    }

    @Override
    default CompletionStage<?> leaveAsync(String member, String tab) {
        leave(member, tab);
        return LocalRoom.DONE;
    }

    @Override
    default void touchAll(List<Touch> beats) {
        beats.forEach(beat -> touch(beat.member(), SessionTopic.tabOf(beat), beat.data()));
    }
}
