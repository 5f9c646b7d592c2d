package io.github.presence4j.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requires that all queries of an unchanged topic agree on the live members, on every node. A store that lost a part of a topic
 * must not count members that it does not list.
 */
public final class QueryConsistency {
    private static final int PAGE = 100;

    private QueryConsistency() {}

    /**
     * Makes every kind of query and compares the answers. Costs a round trip per query and page.
     *
     * @param topic a topic that is not being changed
     * @param other the same topic through another node
     * @return the live members, with their sessions
     * @throws io.github.presence4j.PresenceException if the store fails or is out of reach
     * @throws IllegalArgumentException if the store refuses a cursor that it returned
     * @throws IllegalStateException if the {@code Presence} of a topic is closed
     */
    public static List<Member> require(PresenceTopic topic, PresenceTopic other) {
        Set<String> live = Set.copyOf(topic.list());
        assertThat(other.list()).as("the list of the other node").hasSameElementsAs(live);
        assertThat(topic.count()).as("the count").isEqualTo(live.size());
        assertThat(topic.liveAmong(live)).as("who of the list is live").hasSameElementsAs(live);
        List<Member> members = paged(other);
        assertThat(members).extracting(Member::id).as("all pages").containsExactlyInAnyOrderElementsOf(live);
        assertThat(members)
                .as("sessions of those who are live")
                .noneMatch(member -> member.sessions().isEmpty());
        return members;
    }

    private static List<Member> paged(PresenceTopic topic) {
        List<Member> members = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            MemberPage page = topic.page(cursor, PAGE);
            members.addAll(page.members());
            cursor = page.next();
        } while (cursor != null);
        return members;
    }
}
