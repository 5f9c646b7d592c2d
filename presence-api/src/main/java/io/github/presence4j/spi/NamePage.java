package io.github.presence4j.spi;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing by {@link MemberStore#names}.
 *
 * @param names of live members, in no particular order
 * @param again whether any of them may have been named in an earlier part, or twice in this one
 * @param next where the next part begins, to be handed back as it is; null on the last one
 */
public record NamePage(
        List<String> names, boolean again, @Nullable String next) {

    /**
     * Keeps its own copy of the names.
     *
     * @param names copied
     * @param again see the record
     * @param next see the record
     */
    public NamePage {
        names = List.copyOf(names);
    }

    /**
     * Names alone, of a part of a listing by {@link MemberStore#page}. All but the first may repeat those who left and came back
     * meanwhile.
     *
     * @param page the part
     * @param cursor what the part was asked for with
     * @return its names
     */
    public static NamePage of(MemberPage page, @Nullable String cursor) {
        return new NamePage(page.members().stream().map(Member::id).toList(), cursor != null, page.next());
    }
}
