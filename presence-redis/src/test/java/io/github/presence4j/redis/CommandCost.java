package io.github.presence4j.redis;

import io.github.presence4j.redis.server.CommandMonitor;
import java.util.List;
import java.util.Locale;

/**
 * How many elements a command looks at, at the most, by what it is told alone. Each costs the server O(log members), so what is
 * bounded here is bounded in a topic of any size; and a script cannot loop over more than its commands answered.
 */
final class CommandCost {
    private CommandCost() {}

    /** Of a script, all its commands together; none if the server did not know the script yet. */
    static long of(CommandMonitor.Call call) {
        return call.name().startsWith("eval")
                ? call.inner().stream().mapToLong(CommandCost::of).sum()
                : of(call.words());
    }

    private static long of(List<String> command) {
        int arguments = command.size() - 2;
        return switch (command.get(0)) {
            // UNLINK takes the key out at once and frees the memory in another thread.
            case "time", "info", "exists", "unlink", "pttl", "pexpire", "publish", "xadd" -> 1;
            case "hlen" -> 1;
            // a part of the log holds this many of the smallest events
            case "xtrim" -> 1_000;
            case "hget", "zscore", "zrank", "zcount", "zcard" -> 1;
            case "hmget", "hset", "hdel", "zmscore", "zadd", "zrem" -> arguments;
            case "zrangebyscore", "zrangebylex" -> after("LIMIT", 2, command);
            case "xrange" -> after("COUNT", 1, command);
            case "zrange" -> between(number(command, 2), number(command, 3), command);
            case "del" -> ofALog(command);
            default -> throw new AssertionError("Say here how this is bounded, or bound it: " + command);
        };
    }

    private static long after(String word, int distance, List<String> command) {
        int at = command.indexOf(word);
        if (at < 0) {
            throw new AssertionError("Without " + word + " this is all there is: " + command);
        }
        return number(command, at + distance);
    }

    private static long between(long start, long stop, List<String> command) {
        if (start < 0 != stop < 0) {
            throw new AssertionError("This may be all there is: " + command);
        }
        return stop - start + 1;
    }

    /** Logs are cut to a length by whoever adds to them. */
    private static long ofALog(List<String> command) {
        if (command.size() != 2 || !command.get(1).toLowerCase(Locale.ROOT).endsWith(":log")) {
            throw new AssertionError("DEL frees memory while others wait; UNLINK does not: " + command);
        }
        return 1;
    }

    private static long number(List<String> command, int at) {
        return Long.parseLong(command.get(at));
    }
}
