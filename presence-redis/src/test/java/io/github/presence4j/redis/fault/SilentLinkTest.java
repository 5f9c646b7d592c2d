package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.LinkProxy;
import io.github.presence4j.testkit.fault.Throng;
import org.junit.jupiter.api.Test;

/** Connections that died without a word: only who connects anew gets through. */
class SilentLinkTest {
    private static final int SOME = 500;

    @Test
    void e2_aConnectionThatIsForgottenIsReplaced() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                LinkProxy proxy = LinkProxy.to(server.port());
                Throng throng = Throngs.through(proxy)) {
            throng.gather();
            throng.answers(SOME);
            proxy.forget();
            throng.settle().require("connections silently dead, new ones pass");
        }
    }
}
