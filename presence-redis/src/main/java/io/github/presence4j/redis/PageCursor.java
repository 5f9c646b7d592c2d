package io.github.presence4j.redis;

import io.github.presence4j.spi.QuotedText;
import org.jspecify.annotations.Nullable;

/** The cursor of a page: a mark, then the name of the last member examined. Any name may follow the mark. */
final class PageCursor {
    private static final String MARK = "=";

    private PageCursor() {}

    static boolean is(String cursor) {
        return cursor.length() > MARK.length() && cursor.startsWith(MARK);
    }

    /** Returns the name after which the page begins; empty for the first page. */
    static String member(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        if (!is(cursor)) {
            throw invalid(cursor);
        }
        return cursor.substring(MARK.length());
    }

    static @Nullable String after(@Nullable String member) {
        return member == null ? null : MARK + member;
    }

    /** Returns the failure for an invalid cursor. */
    static IllegalArgumentException invalid(String cursor) {
        return new IllegalArgumentException(
                "cursor must be null or the next cursor of a page of this topic but was " + QuotedText.of(cursor));
    }
}
