package io.github.presence4j.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * An endless walk through a thread's own part of the members, each once per round, every round in another order. So no
 * member beats twice within a millisecond, as in production, and memory is not accessed in sequence.
 */
public final class ShuffledNames {
    private final SplittableRandom random;
    private final int part;
    private final int parts;
    private final int length;
    private int at;
    private int step;
    private int left;

    /**
     * Begins a walk.
     *
     * @param all how many members there are
     * @param part which part this walk is through
     * @param parts how many there are
     */
    public ShuffledNames(int all, int part, int parts) {
        this.random = new SplittableRandom(part);
        this.part = part;
        this.parts = parts;
        this.length = all / parts;
    }

    /** {@return the index of the next member} */
    public int next() {
        if (left == 0) {
            left = length;
            do {
                step = length <= 2 ? 1 : random.nextInt(1, length);
            } while (commonDivisor(step, length) > 1);
        }
        left--;
        at = (int) (((long) at + step) % length);
        return at * parts + part;
    }

    /**
     * Returns the next several members.
     *
     * @param names of all
     * @param count how many
     * @return their names
     */
    public List<String> next(String[] names, int count) {
        List<String> chosen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(names[next()]);
        }
        return chosen;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /**
     * Names that look like UUIDs; the same ones each time.
     *
     * @param count how many
     * @return the names
     */
    public static String[] names(int count) {
        return new Random(42)
                .longs(count)
                .mapToObj(bits -> new UUID(bits, ~bits).toString())
                .toArray(String[]::new);
    }
}
