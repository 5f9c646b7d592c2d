package io.github.presence4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing, bounded so that no call holds up the store. All pages of one listing together have a member exactly once
 * if it is live throughout. Immutable.
 *
 * @param members live members, in no particular order; may be fewer than the limit, even none, before the last page
 * @param next the cursor of the next page, to be handed back unchanged; null on the last page
 */
public record MemberPage(List<Member> members, @Nullable String next) {

    /**
     * Creates a page with its own copy of the members.
     *
     * @param members the members; the list is copied
     * @param next the cursor of the next page; null on the last page
     */
    public MemberPage {
        members = List.copyOf(members);
    }
}
