package io.github.presence4j.redis.server;

/** The server answered with an error; the message is the error as Redis sent it. */
public final class RedisErrorReply extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisErrorReply(String message) {
        super(message);
    }
}
