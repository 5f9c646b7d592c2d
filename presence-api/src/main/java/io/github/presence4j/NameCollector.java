package io.github.presence4j;

import io.github.presence4j.spi.NamePage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Joins the parts of a listing and drops repeated names, since each member is listed once (R2). Not thread-safe. */
final class NameCollector {
    private final List<String> once = new ArrayList<>();
    /** Kept separately, since most names are not repeated, and a set of all names would cost more than all the rest. */
    private final Set<String> again = new LinkedHashSet<>();

    void add(NamePage part) {
        (part.again() ? again : once).addAll(part.names());
    }

    List<String> end(NamePage last) {
        add(last);
        if (!again.isEmpty()) {
            once.removeIf(again::contains);
            once.addAll(again);
        }
        return List.copyOf(once);
    }
}
