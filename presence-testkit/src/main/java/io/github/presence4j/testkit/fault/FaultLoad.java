package io.github.presence4j.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.PresenceStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Eight threads on two nodes, with a watcher on each, while something happens to the servers of a store: a crowd, some of
 * it with sessions, is touched and queried all the time, and guests join and leave. Every member that was touched has to be
 * in every later answer. Used by one thread: {@link #gather}, some {@link #answers}, the fault, then {@link #settle}.
 */
public final class FaultLoad implements AutoCloseable {
    /** How long a call may take before it must fail. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** The name of the topic, in the default namespace. */
    public static final String TOPIC = "room";

    private static final Duration SLACK = Duration.ofMillis(500);
    private static final int THREADS = 8;
    private static final int CROWD = FaultLoadMembers.CROWD.size();
    private static final int BULK = 20;
    private static final long PAUSE_NANOS = 1_000_000;

    private final List<String> crowd = FaultLoadMembers.CROWD;
    private final List<PresenceStore> stores;
    private final List<Presence> nodes;
    private final List<EventOrderChecker> onlookers =
            List.of(new EventOrderChecker(Set.copyOf(crowd)), new EventOrderChecker(Set.copyOf(crowd)));
    private final List<Consumer<PresenceTopic>> kinds;
    private final List<Thread> threads;
    private final AcknowledgedTouches ledger = new AcknowledgedTouches();
    private final CallStats tally = new CallStats();
    private volatile List<String> expected = FaultLoadMembers.CROWD;
    private volatile boolean stopped;
    private @Nullable Duration back;

    /**
     * Begins the load.
     *
     * @param store opens a store on the servers; called twice, for two nodes
     * @throws IllegalArgumentException if a setting or the name of the topic is refused
     * @throws IllegalStateException if a store is closed
     */
    public FaultLoad(Supplier<? extends PresenceStore> store) {
        PresenceConfig config = PresenceConfig.builder()
                .ttl(Duration.ofMinutes(5))
                .timeout(TIMEOUT)
                .sweepInterval(Duration.ofMillis(200))
                .build();
        stores = List.of(store.get(), store.get());
        nodes = stores.stream().map(opened -> Presence.using(opened, config)).toList();
        for (int i = 0; i < nodes.size(); i++) {
            topic(i).watch(onlookers.get(i)::see);
        }
        kinds = List.of(
                this::touchOne,
                this::askIsLive,
                this::touchMany,
                this::askList,
                this::comeAndGo,
                this::askCount,
                this::touchOne,
                this::askAmong);
        threads = IntStream.range(0, THREADS)
                .mapToObj(number -> new Thread(() -> run(number), "throng " + number))
                .toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    private PresenceTopic topic(int node) {
        return nodes.get(node % nodes.size()).topic(TOPIC);
    }

    private void run(int number) {
        PresenceTopic topic = topic(number);
        for (int i = number; !stopped; i++) {
            kinds.get(i % kinds.size()).accept(topic);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private String anyone() {
        return crowd.get(tally.nextNumber() % CROWD);
    }

    private void touch(PresenceTopic topic, Collection<String> members) {
        long began = System.nanoTime();
        tally.call(() -> {
            topic.touch(FaultLoadMembers.beats(members));
            ledger.touched(members, began);
        });
    }

    private void touchOne(PresenceTopic topic) {
        String member = anyone();
        if (FaultLoadMembers.beat(member).session() != null) {
            touch(topic, List.of(member));
            return;
        }
        long began = System.nanoTime();
        tally.call(() -> {
            topic.touch(member);
            ledger.touched(List.of(member), began);
        });
    }

    private void touchMany(PresenceTopic topic) {
        int from = tally.nextNumber() * BULK % CROWD;
        touch(topic, crowd.subList(from, from + BULK));
    }

    private void comeAndGo(PresenceTopic topic) {
        String guest = "guest " + tally.nextNumber() % CROWD;
        tally.call(() -> topic.touch(guest, "tab", "data"));
        tally.call(() -> topic.touch(guest));
        tally.call(() -> topic.leave(guest));
    }

    private void ask(
            String question, Collection<String> about, Function<AcknowledgedTouches.Due, Collection<String>> answer) {
        tally.call(() -> {
            AcknowledgedTouches.Due due = ledger.due(about);
            List<String> missing = ledger.missing(due, answer.apply(due));
            if (!missing.isEmpty()) {
                tally.wrong(question + " misses " + missing);
            }
        });
    }

    private void askIsLive(PresenceTopic topic) {
        String member = anyone();
        ask("isLive", List.of(member), due -> topic.isLive(member) ? List.of(member) : List.of());
    }

    private void askList(PresenceTopic topic) {
        ask("list", expected, due -> topic.list());
    }

    private void askAmong(PresenceTopic topic) {
        List<String> about = expected;
        ask("liveAmong", about, due -> topic.liveAmong(about));
    }

    /** A count that is too small counts as missing all members, since it does not name them. */
    private void askCount(PresenceTopic topic) {
        ask("count", expected, due -> topic.count() >= due.members().size() ? due.members() : List.of());
    }

    /** Waits until every member of the crowd has been touched. */
    public void gather() {
        Eventually.await("everybody is touched", () -> ledger.knows(crowd));
    }

    /**
     * Gathers the crowd, and touches other members once. They are not touched again, in any fault that follows.
     *
     * @throws IllegalStateException if the load is closed
     */
    public void gatherWithBystanders() {
        gather();
        touch(topic(0), FaultLoadMembers.BYSTANDERS);
        expected = Stream.of(crowd, FaultLoadMembers.BYSTANDERS)
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Waits until more calls were made, whether they succeeded or not.
     *
     * @param more the number of calls
     */
    public void calls(int more) {
        tally.awaitCalls(more);
    }

    /**
     * Waits until more calls succeeded.
     *
     * @param more the number of calls
     */
    public void answers(int more) {
        tally.awaitAnswers(more);
    }

    /**
     * Requires that calls fail while there is no server, rather than return an empty answer.
     *
     * @param more the number of calls
     */
    public void failing(int more) {
        long now = System.nanoTime();
        calls(more);
        assertThat(tally.answeredSince(now)).as("an answer without a server").isFalse();
    }

    /** Allows the store to lose acknowledged touches, from now on until {@link #keep}. */
    public void lose() {
        ledger.lose();
    }

    /** Requires from now on that the store loses no acknowledged touch. */
    public void keep() {
        ledger.keep();
    }

    /** Waits until calls succeed after the end of the fault or a failover, and records how long that takes. */
    public void comeBack() {
        long over = System.nanoTime();
        Eventually.await("calls succeed again", () -> succeeds(0) && succeeds(1));
        back = Timing.since(over);
    }

    /**
     * {@return the report, once calls succeed again and both watchers have the store's members} Ends the load.
     *
     * @throws io.github.presence4j.PresenceException if the store fails or is out of reach
     * @throws IllegalStateException if the load is closed
     */
    public FaultReport settle() {
        if (back == null) {
            comeBack();
        }
        stopped = true;
        Eventually.await("the threads end", () -> threads.stream().noneMatch(Thread::isAlive));
        Eventually.await("everybody is touched", () -> succeeds(0));
        long quiet = System.nanoTime();
        Eventually.await("the views are the store's", this::viewsAreEqual);
        Duration equal = Timing.since(quiet);
        FaultLoadMembers.requireSessions(QueryConsistency.require(topic(0), topic(1)));
        assertThat(tally.longest()).as("E2: any call").isLessThan(TIMEOUT.plus(SLACK));
        return tally.outcome(violations(), all(EventOrderChecker::skips), Objects.requireNonNull(back), equal);
    }

    private boolean viewsAreEqual() {
        Set<String> live = Set.copyOf(topic(0).list());
        return live.containsAll(ledger.hasLost() ? crowd : expected)
                && onlookers.stream().allMatch(onlooker -> onlooker.view().equals(live));
    }

    /** A member that is lost with the data of a store has ended, and watchers have to receive that (W5). */
    private Set<String> violations() {
        Set<String> violations = all(EventOrderChecker::violations);
        violations.removeIf(
                violation -> ledger.hasLost() && violation.startsWith("W4") && violation.contains("synthetic=true"));
        return violations;
    }

    private Set<String> all(Function<EventOrderChecker, List<String>> notes) {
        return onlookers.stream()
                .flatMap(onlooker -> notes.apply(onlooker).stream())
                .collect(Collectors.toSet());
    }

    private boolean succeeds(int node) {
        try {
            topic(node).touch(FaultLoadMembers.beats(crowd));
            return true;
        } catch (PresenceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        stopped = true;
        nodes.forEach(Presence::close);
        stores.forEach(PresenceStore::close);
    }
}
