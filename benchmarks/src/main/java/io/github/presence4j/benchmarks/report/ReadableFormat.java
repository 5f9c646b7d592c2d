package io.github.presence4j.benchmarks.report;

import java.io.Serial;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Numbers on an axis. */
final class ReadableFormat extends NumberFormat {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
        return to.append(
                ReadableNumbers.of(number).replaceAll("\\.0+(?=\\D|$)", "").replaceAll("(\\.\\d)0$", "$1"));
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
        return format((double) number, to, position);
    }

    /** Not supported: an axis takes no input. */
    @Override
    public Number parse(String source, ParsePosition position) {
        throw new UnsupportedOperationException();
    }
}
