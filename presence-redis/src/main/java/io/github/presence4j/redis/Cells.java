package io.github.presence4j.redis;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What one topic is stored in: one cell, or several. The methods are those of the SPI, for this topic. */
sealed interface Cells permits RedisTopic, ShardedCells {

    CompletionStage<TouchOutcome> touch(List<Touch> touches);

    CompletionStage<Set<String>> leave(List<Leave> leaves);

    CompletionStage<Map<String, Member>> live(List<String> members);

    CompletionStage<Set<String>> liveAmong(List<String> members);

    CompletionStage<Long> count();

    /** From the primary if {@code exact}, else from where listings are read. */
    CompletionStage<MemberPage> page(@Nullable String cursor, int limit, boolean exact);

    /** From the primary. */
    CompletionStage<NamePage> names(@Nullable String cursor, int limit);

    CompletionStage<@Nullable Void> reset();

    CompletionStage<Changes> changesSince(@Nullable String cursor);
}
