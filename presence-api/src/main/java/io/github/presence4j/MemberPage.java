package io.github.presence4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing, bounded so that no call stalls the store (R3). Over all pages, a member that is live throughout
 * appears exactly once (R2).
 *
 * @param members live members, in no particular order; may be fewer than asked for, even none, before the last page
 * @param next the cursor of the next page, to be handed back unchanged; null on the last page
 */
public record MemberPage(List<Member> members, @Nullable String next) {

    /**
     * Keeps its own copy of the members.
     *
     * @param members the members; the list is copied
     * @param next the cursor of the next page; null on the last page
     */
    public MemberPage {
        members = List.copyOf(members);
    }
}
