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
 * A batch that changes a topic. Two changes may be under way together if it makes no difference which of them is first: heartbeats
 * without data, leaves, and whatever is about different members (O1).
 *
 * @param <Q> what changes
 * @param <A> what the store answers
 */
final class Change<Q, A> extends Batch<A> {
    /** Larger changes are taken to be about the same members. */
    private static final int MAX_COMPARED = 4_096;

    private final Kind kind;
    private final Topic topic;
    private final Collection<Q> parts;
    private final Members<Q> members;
    private final Members<Q> membersWithData;
    private final Set<String> claimed = new HashSet<>();

    enum Kind {
        TOUCH,
        LEAVE,
        RESET
    }

    /** What a change does to whom. */
    record Terms<Q>(Kind kind, Function<Q, String> member, Predicate<Q> hasData) {}

    Change(
            Calls calls,
            boolean bulk,
            Terms<Q> terms,
            Topic topic,
            Collection<Q> parts,
            Supplier<CompletionStage<A>> call) {
        super(calls, bulk, terms.kind() == Kind.LEAVE, call);
        this.kind = terms.kind();
        this.topic = topic;
        this.parts = parts;
        this.members = new Members<>(parts, terms.member(), part -> true);
        this.membersWithData = new Members<>(parts, terms.member(), terms.hasData());
    }

    /** Adds a single call. Of equal ones the last counts, at its place. */
    <R> CompletableFuture<R> put(Q part, Function<? super A, ? extends R> answer) {
        if (!parts.add(part)) {
            parts.remove(part);
            parts.add(part);
        }
        members.add(part);
        membersWithData.add(part);
        return add(answer);
    }

    /** Whether the caller is the one who is answered that the member joined or left. */
    boolean claim(String member) {
        return claimed.add(member);
    }

    /** Whether single calls of that kind may join. */
    boolean takes(Kind other, Topic where) {
        return kind == other && isOpen(parts.size()) && topic.equals(where);
    }

    /** Whether it is the leaves of others, so that a touch of this member may pass it. */
    boolean isPassedBy(String member) {
        return kind == Kind.LEAVE && !isBulk() && !members.names().contains(member);
    }

    @Override
    boolean follows(Batch<?> batch) {
        if (!(batch instanceof Change<?, ?> earlier)) {
            return false;
        }
        if (kind == Kind.RESET || earlier.kind == Kind.RESET || !topic.equals(earlier.topic)) {
            return true;
        }
        if (kind != earlier.kind) {
            return members.meet(earlier.members);
        }
        return kind == Kind.TOUCH && membersWithData.meet(earlier.membersWithData);
    }

    /** The names in a change, gathered when they are first asked for. */
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
