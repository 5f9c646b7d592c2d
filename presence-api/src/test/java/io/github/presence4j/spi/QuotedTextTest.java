package io.github.presence4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** User text in logs and messages (E6). */
class QuotedTextTest {
    @Test
    void e6_ordinaryTextStaysAsItIs() {
        assertThat(QuotedText.of("room 7: Zürich, 東京 \uD83D\uDE00")).isEqualTo("'room 7: Zürich, 東京 \uD83D\uDE00'");
        assertThat(QuotedText.of("")).isEqualTo("''");
    }

    @Test
    void e6_noTextBreaksOrHidesALine() {
        assertThat(QuotedText.of("a\r\nb\u2028c\u0000d\u001b[2Je"))
                .isEqualTo("'a\\u000d\\u000ab\\u2028c\\u0000d\\u001b[2Je'");
        assertThat(QuotedText.of("\u202egnp.exe\ud83d")).isEqualTo("'\\u202egnp.exe\\ud83d'");
    }

    @Test
    void e6_longTextIsCut() {
        assertThat(QuotedText.of("x".repeat(100))).hasSize(102);
        assertThat(QuotedText.of("x".repeat(101))).isEqualTo("'" + "x".repeat(100) + "...'");
        assertThat(QuotedText.of("x".repeat(99) + "\uD83D\uDE00")).isEqualTo("'" + "x".repeat(99) + "\\ud83d...'");
    }
}
