package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.spi.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Stores that read badly. */
final class BrokenReads {
    private BrokenReads() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("reads purge who lapsed, and tell nobody", "r1_", Purger::new),
                new BrokenStore("a listing goes by lastSeen, and repeats who is renewed", "r2_", Repeats::new),
                new BrokenStore("a listing goes by index, and skips when somebody leaves", "r2_", Skips::new),
                new BrokenStore("a page ignores its limit", "r3_", Unbounded::new),
                new BrokenStore("a page ignores its bytes", "b2_", Heavy::new),
                new BrokenStore("a node remembers what it read", "r4_", Stale::new),
                new BrokenStore("a bulk read answers for the first hundred only", "r5_", FirstHundred::new),
                new BrokenStore("an error is an empty answer", "e2_", EmptyOnError::new),
                new BrokenStore("any text is a cursor", "e1_", AnyCursor::new));
    }

    private static final class Purger extends ModelStore {
        Purger(SharedState world) {
            super(world);
        }

        @Override
        void onRead(ModelCell cell) {
            cell.members.keySet().removeIf(member -> lapsed(cell, member));
        }
    }

    private static final class Repeats extends ModelStore {
        Repeats(SharedState world) {
            super(world);
        }

        @Override
        MemberPage page(Map<String, Member> live, @Nullable String cursor, int limit) {
            long after = cursor == null ? 0 : Long.parseLong(cursor);
            List<Member> later = live.values().stream()
                    .filter(member -> rank(member) > after)
                    .sorted(Comparator.comparingLong(Repeats::rank))
                    .limit(limit)
                    .toList();
            boolean more = !later.isEmpty();
            return new MemberPage(later, more ? String.valueOf(rank(later.get(later.size() - 1))) : null);
        }

        /** Unique and in the order of time; the name tells apart who came within a millisecond. */
        private static long rank(Member member) {
            return member.lastSeen().toEpochMilli() * 1_000_000
                    + Math.floorMod(member.id().hashCode(), 1_000_000);
        }
    }

    private static final class Skips extends ModelStore {
        Skips(SharedState world) {
            super(world);
        }

        @Override
        MemberPage page(Map<String, Member> live, @Nullable String cursor, int limit) {
            int from = cursor == null ? 0 : Math.min(live.size(), Integer.parseInt(cursor));
            int to = Math.min(live.size(), from + limit);
            List<Member> all = List.copyOf(live.values());
            return new MemberPage(all.subList(from, to), to < all.size() ? String.valueOf(to) : null);
        }
    }

    private static final class Unbounded extends ModelStore {
        Unbounded(SharedState world) {
            super(world);
        }

        @Override
        MemberPage page(Map<String, Member> live, @Nullable String cursor, int limit) {
            return new MemberPage(List.copyOf(live.values()), null);
        }
    }

    private static final class Heavy extends ModelStore {
        Heavy(SharedState world) {
            super(world);
        }

        @Override
        int fitting(List<Member> members, int limit) {
            return Math.min(members.size(), limit);
        }
    }

    private static final class Stale extends ModelStore {
        private volatile @Nullable CompletionStage<Long> count;
        private volatile long asked;

        Stale(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<Long> count(Topic topic) {
            CompletionStage<Long> known = count;
            if (known == null || now() - asked > 50) {
                known = super.count(topic);
                count = known;
                asked = now();
            }
            return known;
        }
    }

    private static final class FirstHundred extends ModelStore {
        FirstHundred(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<Map<String, Member>> live(Topic topic, List<String> members) {
            return super.live(topic, members.stream().limit(100).toList());
        }
    }

    private static final class AnyCursor extends ModelStore {
        AnyCursor(SharedState world) {
            super(world);
        }

        @Override
        @Nullable
        String place(@Nullable String cursor) {
            return cursor == null ? null : cursor.replaceFirst("^after:", "");
        }
    }

    private static final class EmptyOnError extends ModelStore {
        EmptyOnError(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<Long> count(Topic topic) {
            return isClosed() ? CompletableFuture.completedFuture(0L) : super.count(topic);
        }

        @Override
        CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
            return isClosed()
                    ? CompletableFuture.completedFuture(new MemberPage(List.of(), null))
                    : super.page(topic, cursor, limit);
        }
    }
}
