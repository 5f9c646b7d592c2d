package io.github.presence4j.benchmarks.contestant;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A rival within the process: it answers at once, so the calls that wait are the ones it is written in. */
interface LocalRoom extends ContestantTopic {
    CompletableFuture<Boolean> TRUE = CompletableFuture.completedFuture(true);
    CompletableFuture<Boolean> FALSE = CompletableFuture.completedFuture(false);
    CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    void leave(String member);

    @Override
    void touch(String member);

    @Override
    boolean isLive(String member);

    @Override
    default CompletionStage<?> touchAsync(String member) {
        touch(member);
        return DONE;
    }

    @Override
    default CompletionStage<Boolean> isLiveAsync(String member) {
        return isLive(member) ? TRUE : FALSE;
    }

    @Override
    default CompletionStage<?> leaveAsync(String member) {
        leave(member);
        return DONE;
    }

    @Override
    default CompletionStage<?> touchAllAsync(List<String> members) {
        members.forEach(this::touch);
        return DONE;
    }

    @Override
    default int liveAmong(List<String> members) {
        int live = 0;
        for (String member : members) {
            live += isLive(member) ? 1 : 0;
        }
        return live;
    }
}
