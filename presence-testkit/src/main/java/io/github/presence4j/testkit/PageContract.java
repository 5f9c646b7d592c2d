package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rule B2: the size of a page of members. */
interface PageContract {
    long PAGE_BYTES = 1 << 20;

    /** Characters of two bytes in UTF-8, so that a store that counts characters fails the test. */
    String DATA = "\u00e9".repeat(2_000);

    @Test
    default void b2_aPageEndsAtItsBytesAsWellAsAtItsLimit(TestContext stage) {
        PresenceTopic topic = stage.topic();
        List<Touch> touches = IntStream.range(0, 400)
                .mapToObj(i -> Touch.of("m" + i, "tab").withData(DATA))
                .toList();
        topic.touch(touches);
        assertListed(topic, touches.stream().map(Touch::member).toList());
    }

    @Test
    default void b2_aMemberWithMoreThanAPageHoldsIsListedToo(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("before");
        topic.touch(IntStream.range(0, 300)
                .mapToObj(i -> Touch.of("large", "tab " + i).withData(DATA))
                .toList());
        topic.touch("after");
        assertListed(topic, List.of("before", "large", "after"));
    }

    /** Asserts the pages of a listing. The last member of a page may exceed the limit. */
    private static void assertListed(PresenceTopic topic, List<String> expected) {
        List<String> listed = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            MemberPage page = topic.page(cursor, 1_000);
            List<Member> members = page.members();
            assertThat(members.stream()
                            .limit(Math.max(0, members.size() - 1L))
                            .mapToLong(PageContract::bytes)
                            .sum())
                    .as("bytes of a page of %d, but the last", members.size())
                    .isLessThanOrEqualTo(PAGE_BYTES);
            members.forEach(member -> listed.add(member.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long bytes(Member member) {
        long bytes = bytes(member.id());
        for (Session session : member.sessions()) {
            bytes += bytes(session.id()) + bytes(session.data());
        }
        return bytes;
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
