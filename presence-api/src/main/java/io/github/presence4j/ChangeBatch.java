package io.github.presence4j;

import io.github.presence4j.spi.Topic;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A batch that changes a topic. Two changes may be under way at the same time if their order makes no difference: touches without
 * data, leaves, and changes of different members (O1).
 *
 * @param <Q> the type of one change, such as a touch
 * @param <A> the type of the store's answer
 */
final class ChangeBatch<Q, A> extends StoreBatch<A> {
    /** The most members that are compared; larger changes are assumed to share members. */
    private static final int MAX_COMPARED = 4_096;

    private final Kind kind;
    private final Topic topic;
    private final Collection<Q> parts;
    private final Function<Q, String> member;
    private final Members<Q> members;
    private final Members<Q> membersWithData;
    private final Set<String> claimed = new HashSet<>();

    enum Kind {
        TOUCH,
        LEAVE,
        RESET
    }

    /** The kind of a change, and how to read the member of each part. */
    record Terms<Q>(Kind kind, Function<Q, String> member, Predicate<Q> hasData) {}

    ChangeBatch(
            CallDeadlines calls,
            boolean bulk,
            Terms<Q> terms,
            Topic topic,
            Collection<Q> parts,
            Supplier<CompletionStage<A>> call) {
        super(calls, bulk, call);
        this.kind = terms.kind();
        this.topic = topic;
        this.parts = parts;
        this.member = terms.member();
        this.members = new Members<>(parts, member, part -> true);
        this.membersWithData = new Members<>(parts, member, terms.hasData());
    }

    /** Adds a single call. Of equal parts the last one counts, at its own place in the order. */
    <R> CompletableFuture<R> put(Q part, Function<? super A, ? extends R> answer) {
        if (!parts.add(part)) {
            parts.remove(part);
            parts.add(part);
        }
        members.add(part);
        membersWithData.add(part);
        return add(answer);
    }

    /** Returns true once per member: for the first caller, which reports that the member joined or left. */
    boolean claim(String member) {
        return claimed.add(member);
    }

    /** Returns whether a single call of this kind and topic may join. */
    boolean takes(Kind other, Topic where) {
        return kind == other && isOpen(parts.size()) && topic.equals(where);
    }

    /**
     * Returns whether the reply can be assigned to its callers. It can if no other part names the same member, or only an
     * equal part does.
     */
    boolean isClearFor(Q part) {
        return parts.contains(part) || !members.names().contains(member.apply(part));
    }

    /** Returns whether this batch has only single leaves of other members, so that a touch of this member may overtake it. */
    boolean isPassedBy(String member) {
        return kind == Kind.LEAVE && !isBulk() && !members.names().contains(member);
    }

    @Override
    boolean follows(StoreBatch<?> batch) {
        if (!(batch instanceof ChangeBatch<?, ?> earlier)) {
            return false;
        }
        if (kind == Kind.RESET || earlier.kind == Kind.RESET || !topic.equals(earlier.topic)) {
            return true;
        }
        return (kind == Kind.TOUCH && earlier.kind == Kind.TOUCH)
                ? membersWithData.meet(earlier.membersWithData)
                : members.meet(earlier.members);
    }

    /** The members in a change, collected on first use. */
    private static final class Members<Q> {
        private final Collection<Q> parts;
        private final Function<Q, String> member;
        private final Predicate<Q> isMeant;
        private @Nullable Set<String> names;

        Members(Collection<Q> parts, Function<Q, String> member, Predicate<Q> isMeant) {
            this.parts = parts;
            this.member = member;
            this.isMeant = isMeant;
        }

        void add(Q part) {
            if (names != null && isMeant.test(part)) {
                names.add(member.apply(part));
            }
        }

        Set<String> names() {
            Set<String> known = names;
            if (known == null) {
                known = new HashSet<>();
                names = known;
                parts.forEach(this::add);
            }
            return known;
        }

        boolean meet(Members<?> others) {
            return names().size() < others.names().size() ? isIn(others.names()) : others.isIn(names());
        }

        private boolean isIn(Set<String> many) {
            Set<String> few = names();
            return few.size() > MAX_COMPARED || (!few.isEmpty() && few.stream().anyMatch(many::contains));
        }
    }
}
