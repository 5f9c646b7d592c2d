package io.github.presence4j.testkit.fault;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Records the members whose touch the store has acknowledged, which must be in every later answer. */
final class AcknowledgedTouches {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Map<String, Long> touched = new ConcurrentHashMap<>();
    private volatile long keptSince = NOT_YET;
    private volatile boolean losing;

    /** Returns the members that a query must find now, unless data is lost before its answer. */
    record Due(Set<String> members, long keptSince) {}

    /** A touch that began at this time, of System.nanoTime, has succeeded. */
    void touched(Collection<String> members, long began) {
        members.forEach(member -> touched.merge(member, began, (one, other) -> one - other > 0 ? one : other));
    }

    boolean knows(Collection<String> members) {
        return touched.keySet().containsAll(members);
    }

    /** From now on until {@link #keep} no member has to be found. */
    void lose() {
        losing = true;
    }

    /** Every member that is touched from now on has to be found again. */
    void keep() {
        keptSince = System.nanoTime();
        losing = false;
    }

    /** Whether anything was ever allowed to be forgotten. */
    boolean hasLost() {
        return losing || keptSince != NOT_YET;
    }

    Due due(Collection<String> among) {
        long since = keptSince;
        if (losing) {
            return new Due(Set.of(), since);
        }
        return new Due(among.stream().filter(member -> isKept(member, since)).collect(Collectors.toSet()), since);
    }

    private boolean isKept(String member, long since) {
        Long began = touched.get(member);
        return began != null && (since == NOT_YET || began - since > 0);
    }

    /** Returns the missing members; empty if data was lost while the query ran. */
    List<String> missing(Due due, Collection<String> answer) {
        if (losing || due.keptSince() != keptSince) {
            return List.of();
        }
        Set<String> found = Set.copyOf(answer);
        return due.members().stream().filter(member -> !found.contains(member)).toList();
    }
}
