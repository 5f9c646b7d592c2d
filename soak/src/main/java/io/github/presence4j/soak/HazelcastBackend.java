package io.github.presence4j.soak;

import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.PortLease;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three members, each in its own JVM. Killed members are replaced. */
final class HazelcastBackend implements SoakBackend {
    static final int MEMBERS = 3;

    private final String cluster = "soak " + UUID.randomUUID();
    private final List<PortLease> ports =
            IntStream.range(0, MEMBERS).mapToObj(i -> PortLease.take()).toList();
    private final List<ChildJvm> members = new ArrayList<>();

    HazelcastBackend() {
        IntStream.range(0, MEMBERS).forEach(i -> members.add(started(i)));
        awaitReady(members);
    }

    private List<String> addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port.port()).toList();
    }

    @Override
    public List<String> address() {
        return Stream.concat(Stream.of("hazelcast", cluster), addresses().stream())
                .toList();
    }

    private ChildJvm started(int i) {
        List<String> arguments =
                new ArrayList<>(List.of(cluster, Integer.toString(ports.get(i).port())));
        arguments.addAll(addresses());
        return ChildJvm.start("member " + i, HazelcastMember.class, arguments);
    }

    /** Waits until the new members have reported that they are ready. */
    private void awaitReady(List<ChildJvm> started) {
        started.forEach(ChildJvm::answer);
        Eventually.await(
                "the members are together",
                () -> members.stream().allMatch(member -> member.ask("safe").equals("true")));
    }

    @Override
    public String disturb(Random random) {
        int which = random.nextInt(MEMBERS);
        return switch (random.nextInt(3)) {
            case 0 -> killed(which);
            case 1 -> frozen(which);
            default -> emptied();
        };
    }

    private String killed(int which) {
        members.get(which).close();
        members.set(which, started(which));
        awaitReady(List.of(members.get(which)));
        return "member killed";
    }

    private String frozen(int which) {
        members.get(which).freeze();
        Timing.last(Duration.ofSeconds(3));
        members.get(which).thaw();
        return "member frozen";
    }

    private String emptied() {
        members.forEach(ChildJvm::close);
        IntStream.range(0, MEMBERS).forEach(i -> members.set(i, started(i)));
        awaitReady(members);
        return "all members killed";
    }

    @Override
    public Map<String, Long> measure() {
        Map<String, Long> found = new LinkedHashMap<>();
        for (ChildJvm member : members) {
            found.put("threads " + member.name(), Long.valueOf(member.ask("threads")));
            found.put("heap KiB " + member.name(), Long.valueOf(member.ask("heap")));
        }
        found.put("connections", sum("clients"));
        found.put("keys", sum("entries"));
        return found;
    }

    private long sum(String question) {
        return members.stream()
                .mapToLong(member -> Long.parseLong(member.ask(question)))
                .sum();
    }

    @Override
    public void close() {
        members.forEach(ChildJvm::close);
        ports.forEach(PortLease::close);
    }
}
