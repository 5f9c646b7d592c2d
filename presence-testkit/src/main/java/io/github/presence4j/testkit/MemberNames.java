package io.github.presence4j.testkit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members in numbers, and names of all kinds. */
final class MemberNames {
    /** Texts that break what is careless with delimiters, encodings, terminators, case or length. */
    static final List<String> TEXTS = List.of(
            "a b",
            " ",
            "\t\n",
            "{a}",
            "}{",
            "a:b",
            "a::b",
            "*",
            "a*?[b]\\",
            "'\"`$(x)%s%",
            "\0",
            "a\0b",
            "\uFFFF\uFFFE",
            "\u00e9",
            "e\u0301",
            "\uD83D\uDE00\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
            "\u202eright to left",
            "null",
            "0",
            "-1",
            "NaN",
            "{\"json\":[1,2]}",
            "x".repeat(512),
            "\uD83D\uDE00".repeat(128));

    private MemberNames() {}

    static Set<String> of(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.toUnmodifiableSet());
    }
}
