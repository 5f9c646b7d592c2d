package io.github.presence4j.spi;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing by {@link MemberStore#names}. Immutable.
 *
 * @param names the ids of live members, in no particular order
 * @param again whether any of them may have been named in an earlier part, or twice in this one
 * @param next the cursor of the next part, to be handed back unchanged; null on the last one
 */
public record NamePage(
        List<String> names, boolean again, @Nullable String next) {

    /**
     * Creates a part with its own copy of the names.
     *
     * @param names the ids; the list is copied
     * @param again whether the part may repeat earlier names
     * @param next the cursor of the next part; null on the last one
     */
    public NamePage {
        names = List.copyOf(names);
    }

    /**
     * Returns the names of a part of a listing by {@link MemberStore#page}. All parts but the first may repeat members that
     * left and joined again during the listing. O(size of the part).
     *
     * @param page the part with members
     * @param cursor the cursor that the part was requested with; null for the first part
     * @return the names of the part
     */
    public static NamePage of(MemberPage page, @Nullable String cursor) {
        return new NamePage(page.members().stream().map(Member::id).toList(), cursor != null, page.next());
    }
}
