package io.github.presence4j.spi;

/**
 * Text that an application or its users chose, as logs and messages show it: in quotes, in one line, at most 100 characters of it.
 * So a name cannot forge a line of a log, hide text in it, or fill it.
 */
public final class QuotedText {
    private static final int MAX_LENGTH = 100;

    private QuotedText() {}

    /**
     * Quotes a text. Control characters, line separators and invisible formatting are written as a backslash, {@code u} and four
     * hexadecimal digits, as is half of a surrogate pair.
     *
     * @param text any text
     * @return the text in single quotes, cut after 100 characters with {@code ...}
     */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("'");
        int end = Math.min(text.length(), MAX_LENGTH);
        for (int i = 0; i < end; i++) {
            int point = text.codePointAt(i);
            if (Character.isSupplementaryCodePoint(point) && i + 1 < end && isShown(point)) {
                quoted.appendCodePoint(point);
                i++;
            } else if (Character.isBmpCodePoint(point) && isShown(point)) {
                quoted.append((char) point);
            } else {
                quoted.append(String.format("\\u%04x", (int) text.charAt(i)));
            }
        }
        return quoted.append(text.length() > end ? "...'" : "'").toString();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
