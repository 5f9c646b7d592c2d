package io.github.presence4j.benchmarks.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Each target and whether it was met. */
final class TargetTable {
    private final RunResults results;

    TargetTable(RunResults results) {
        this.results = results;
    }

    String summary() {
        List<Target> official = Targets.all().stream().filter(Target::official).toList();
        long met = official.stream()
                .filter(target -> target.ratio(results).filter(target::isMet).isPresent())
                .count();
        return "**" + met + " of " + official.size() + " targets are met.**";
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (Target target : Targets.all()) {
            if (!target.group().equals(group)) {
                group = target.group();
                text.append("\n**").append(group).append("**\n\n");
                text.append("| | presence4j | beside | ratio (95 %) | wanted | |\n|---|---|---|---|---|---|\n");
            }
            text.append(line(target));
        }
        return text.toString();
    }

    private String line(Target target) {
        return "| "
                + String.join(
                        " | ",
                        what(target),
                        number(target.ours()),
                        beside(target),
                        target.ratio(results).map(ratio -> ratio(target, ratio)).orElse(""),
                        wanted(target),
                        verdict(target))
                + " |\n";
    }

    /** Where several backends share a heading, which of them; and what is counted, if it is not the speed. */
    static String what(Target target) {
        Target.Entry ours = target.ours();
        String backend = switch (target.group()) {
            case "Watching", "Growth" -> ours.contestant().replace(":presence4j", "") + ", ";
            default -> "";
        };
        String metric = switch (ours.metric()) {
            case Measurement.ALLOCATION -> ", allocation";
            case Targets.P99 -> ", p99";
            default -> "";
        };
        String scenario =
                target.group().equals("Growth") ? "cost of a touch at 1 M beside 10 k members" : ours.scenario();
        return backend + scenario + metric;
    }

    private String number(Target.Entry entry) {
        return entry.in(results)
                .map(score -> ReadableNumbers.of(score.typical(), score.metric()))
                .orElse("");
    }

    private String beside(Target target) {
        Target.Entry rival = target.rival();
        if (rival == null) {
            return target.ours().scenario().equals(Scenario.LIST_PING)
                    ? number(new Target.Entry(Scenario.LIST_PING, "redis:nothing", Measurement.MILLIS))
                            + " when nothing runs"
                    : "";
        }
        return nameOf(target, rival) + ": " + number(rival);
    }

    /** The contestant, or what it is that ours is compared with itself in. */
    private static String nameOf(Target target, Target.Entry rival) {
        if (!rival.contestant().equals(target.ours().contestant())) {
            return name(rival.contestant());
        }
        return rival.scenario().equals(Scenario.GROWTH_FEW) ? "10 k" : rival.scenario();
    }

    private static String name(String contestant) {
        return contestant.substring(contestant.indexOf(':') + 1);
    }

    private static String ratio(Target target, Ratio ratio) {
        String text = ReadableNumbers.of(ratio);
        return target.rival() == null && !ratio.isKnown() ? "" : text;
    }

    /** Which rival, where there are several for one scenario. */
    static String than(Target target) {
        Target.Entry rival = target.rival();
        return rival == null || rival.scenario().equals(Scenario.GROWTH_FEW) ? "" : ", beside " + nameOf(target, rival);
    }

    static String wanted(Target target) {
        String number = BigDecimal.valueOf(target.number()).stripTrailingZeros().toPlainString();
        return target.bound().sign + " "
                + (target.rival() == null ? number + " " + unit(target.ours().metric()) : number + " x");
    }

    private static String unit(String metric) {
        return metric.equals(Targets.P99) ? Measurement.MILLIS : metric.equals(Measurement.ALLOCATION) ? "B" : metric;
    }

    private String verdict(Target target) {
        Optional<Ratio> known = target.ratio(results);
        if (known.isEmpty()) {
            return "not measured";
        }
        Ratio ratio = known.get();
        String verdict = target.isMet(ratio) ? "met" : "**not met**";
        String noise = ratio.isKnown() && ratio.includes(target.number()) ? ", within noise" : "";
        return verdict + noise + (target.official() ? "" : " (not a target)");
    }
}
