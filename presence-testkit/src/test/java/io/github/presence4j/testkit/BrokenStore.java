package io.github.presence4j.testkit;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A store that breaks one promise.
 *
 * @param what how it is broken
 * @param rule the rule that must catch it, as the names of its tests begin
 * @param store makes a node of it
 */
record BrokenStore(String what, String rule, Function<SharedState, ModelStore> store) {

    static List<BrokenStore> all() {
        return Stream.of(
                        BrokenTimes.all(),
                        BrokenSessions.all(),
                        BrokenOrder.all(),
                        BrokenReads.all(),
                        BrokenWatches.all(),
                        BrokenReclaim.all(),
                        BrokenForgetting.all(),
                        BrokenCalls.all())
                .flatMap(List::stream)
                .toList();
    }

    /** By its position in {@link #all}, which is how it is named to the suite. */
    static BrokenStore at(String index) {
        return all().get(Integer.parseInt(index));
    }
}
