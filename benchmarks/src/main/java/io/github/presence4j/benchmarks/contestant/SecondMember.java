package io.github.presence4j.benchmarks.contestant;

/** The second member of a {@link HazelcastPair}, in a process of its own. */
final class SecondMember {
    private SecondMember() {}

    /**
     * Joins, and leaves with the process that started this one.
     *
     * @param args the port of the first member
     */
    public static void main(String[] args) {
        HazelcastPair second = HazelcastPair.second(args[0]);
        SecondProcess.awaitEnd();
        second.close();
    }
}
