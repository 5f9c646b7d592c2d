package io.github.presence4j.benchmarks.report;

import java.util.Locale;

/** Numbers as a person reads them: three digits are all that is known. */
final class ReadableNumbers {
    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;

    private ReadableNumbers() {}

    static String of(double number) {
        if (Math.abs(number) >= MILLION) {
            return digits(number / MILLION) + " M";
        }
        return Math.abs(number) >= THOUSAND ? digits(number / THOUSAND) + " k" : digits(number);
    }

    static String of(double number, String metric) {
        return metric.endsWith("ms") && !metric.equals(Measurement.MILLIS)
                ? of(number) + " ms"
                : of(number) + (metric.startsWith("B/") ? " B" : " " + metric);
    }

    static String of(Ratio ratio) {
        return ratio.isKnown()
                ? digits(ratio.value()) + " (" + digits(Math.max(0, ratio.low())) + " to " + digits(ratio.high()) + ")"
                : digits(ratio.value());
    }

    private static String digits(double number) {
        double size = Math.abs(number);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, number);
    }
}
