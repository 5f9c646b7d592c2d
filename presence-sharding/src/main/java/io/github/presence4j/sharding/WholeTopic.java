package io.github.presence4j.sharding;

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

/**
 * One topic, whether in one cell or in several. The methods are those of {@link io.github.presence4j.spi.PresenceStore}, for this
 * topic; any number of touches, leaves and names are cut as it needs (R3).
 */
public interface WholeTopic {

    /**
     * Heartbeats, in the order given.
     *
     * @param touches any number; none records the TTL
     * @return the members that joined, and the touches that were ignored or refused
     */
    CompletionStage<TouchOutcome> touch(List<Touch> touches);

    /**
     * Ends sessions.
     *
     * @param leaves any number
     * @return who left
     */
    CompletionStage<Set<String>> leave(List<Leave> leaves);

    /**
     * Which of some members are live.
     *
     * @param members any number
     * @return the live ones by name
     */
    CompletionStage<Map<String, Member>> live(List<String> members);

    /**
     * As {@link #live}, for callers that ask who and not since when.
     *
     * @param members any number
     * @return the live ones
     */
    CompletionStage<Set<String>> liveAmong(List<String> members);

    /** {@return how many are live} */
    CompletionStage<Long> count();

    /**
     * A part of who is live, each once (R2).
     *
     * @param cursor null at first
     * @param limit 1 to 10,000
     * @return the page
     */
    CompletionStage<MemberPage> page(@Nullable String cursor, int limit);

    /**
     * As {@link #page}, for a reader that keeps all names to the end.
     *
     * @param cursor null at first
     * @param limit how many to look at, in each shard
     * @return the part
     */
    CompletionStage<NamePage> names(@Nullable String cursor, int limit);

    /** {@return done: one Reset, in a new epoch (G3)} */
    CompletionStage<@Nullable Void> reset();

    /**
     * What happened since.
     *
     * @param cursor null at first
     * @return the events, or a gap (W5)
     */
    CompletionStage<Changes> changesSince(@Nullable String cursor);
}
