package io.github.presence4j.redis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A Netty handler that closes a connection if a reply is missing for as long as a command may take. Lettuce then reconnects
 * and looks up the master. Otherwise a dead host, or a firewall that dropped the connection, would go unnoticed for a
 * quarter of an hour. A frozen server would never be noticed. Runs in the channel's event loop.
 */
final class ResponseTimeoutHandler extends ChannelDuplexHandler {
    /** The check is coarse, so that a busy connection sets one timer a few times a second and not one per command. */
    private static final int CHECKS = 8;

    private final long pauseNanos;
    private boolean waiting;
    private boolean checking;
    /** Counts the times that an answer was waited for, so that a check knows whether it is still the same one. */
    private long waits;

    private long checked;
    private int unanswered;

    ResponseTimeoutHandler(Duration limit) {
        this.pauseNanos = limit.toNanos() / CHECKS;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!waiting) {
            waiting = true;
            waits++;
            if (!checking) {
                checking = true;
                checkLater(context);
            }
        }
        context.write(message, promise);
    }

    /** Whatever comes is a sign of life; if more is owed, the next command starts the watch again. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting = false;
        context.fireChannelRead(message);
    }

    private void checkLater(ChannelHandlerContext context) {
        context.executor().schedule(() -> check(context), pauseNanos, TimeUnit.NANOSECONDS);
    }

    /** Never closes a connection before the limit; closes it at most an eighth of the limit later. */
    private void check(ChannelHandlerContext context) {
        unanswered = waiting && waits == checked ? unanswered + 1 : 0;
        checked = waits;
        if (unanswered == CHECKS) {
            context.close();
        } else if (waiting) {
            checkLater(context);
        } else {
            checking = false;
        }
    }
}
