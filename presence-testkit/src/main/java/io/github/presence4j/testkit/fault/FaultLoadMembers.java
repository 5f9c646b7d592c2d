package io.github.presence4j.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The members that a {@link FaultLoad} touches: each always with the same session, some with data. */
final class FaultLoadMembers {
    /** The members that are touched continuously. */
    static final List<String> CROWD =
            IntStream.range(0, 200).mapToObj(i -> "crowd " + i).toList();

    /** The members that are touched once, before the fault. */
    static final List<String> BYSTANDERS =
            IntStream.range(0, 50).mapToObj(i -> "bystander " + i).toList();

    private FaultLoadMembers() {}

    static Touch beat(String member) {
        return member.endsWith("1") || member.endsWith("7")
                ? Touch.of(member, "tab").withData("{\"of\":\"" + member + "\"}")
                : Touch.of(member);
    }

    static List<Touch> beats(Collection<String> members) {
        return members.stream().map(FaultLoadMembers::beat).toList();
    }

    /** Requires that each member has exactly the session that was touched, with its data. */
    static void requireSessions(Collection<Member> found) {
        for (Member member : found) {
            Touch beat = beat(member.id());
            if (CROWD.contains(member.id()) || BYSTANDERS.contains(member.id())) {
                assertThat(member.sessions()).as("sessions of %s", member.id()).hasSize(1);
                Session session = member.sessions().get(0);
                assertThat(session.id()).as("session of %s", member.id()).isEqualTo(beat.session());
                assertThat(session.data()).as("data of %s", member.id()).isEqualTo(beat.data());
            }
        }
    }
}
