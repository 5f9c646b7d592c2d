package io.github.presence4j.inmemory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Splits bulk calls into steps, so that other calls of the topic may run between them (B6). */
final class BulkSteps {
    static final int SIZE = 1000;

    private BulkSteps() {}

    /** Passes on one part after another; one empty part if there is none. */
    static <T> void each(Collection<T> all, Consumer<Collection<T>> step) {
        if (all.size() <= SIZE) {
            step.accept(all);
            return;
        }
        List<T> list = new ArrayList<>(all);
        for (int from = 0; from < list.size(); from += SIZE) {
            step.accept(list.subList(from, Math.min(list.size(), from + SIZE)));
        }
    }
}
