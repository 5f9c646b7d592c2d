package io.github.presence4j.benchmarks;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A server, a contestant on it, and everybody there, who joined in another order than they are touched in. */
final class RedisCrowd implements AutoCloseable {
    private static final int PER_JOIN = 1000;

    final String[] names;
    final RedisContestant contestant;
    private final RedisServer server;

    RedisCrowd(String contestant, int members) {
        this.server = RedisServer.open();
        this.contestant = RedisContestant.named(contestant, server.uri());
        this.names = Walk.names(members);
        List<String> order = Arrays.asList(names.clone());
        Collections.shuffle(order, new Random(7));
        for (int from = 0; from < members; from += PER_JOIN) {
            this.contestant.touchAll(order.subList(from, Math.min(members, from + PER_JOIN)));
        }
    }

    String uri() {
        return server.uri();
    }

    @Override
    public void close() {
        contestant.close();
        server.close();
    }
}
