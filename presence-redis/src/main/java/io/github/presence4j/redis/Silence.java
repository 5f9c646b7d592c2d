package io.github.presence4j.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Hangs up on a server that owes an answer and says nothing for as long as a command may take, so that Lettuce connects anew
 * and asks who the master is. A dead host or a firewall that forgot the connection would not be noticed for a quarter of an
 * hour otherwise, and a frozen one not at all. Runs in the channel's event loop.
 */
final class Silence extends ChannelDuplexHandler {
    private final long limitNanos;
    private boolean waiting;
    /** Counts the times that an answer was waited for, so that a check knows whether it is still the same one. */
    private long waits;

    private Silence(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** Watches every connection of a client. */
    static NettyCustomizer notLongerThan(Duration limit) {
        return new NettyCustomizer() {
            @Override
            public void afterChannelInitialized(Channel channel) {
                channel.pipeline().addFirst(new Silence(limit));
            }
        };
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!waiting) {
            waiting = true;
            waits++;
            hangUpUnlessAnswered(context);
        }
        context.write(message, promise);
    }

    /** Whatever comes is a sign of life; if more is owed, the next command starts the watch again. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting = false;
        context.fireChannelRead(message);
    }

    private void hangUpUnlessAnswered(ChannelHandlerContext context) {
        long wait = waits;
        Runnable check = () -> {
            if (waiting && waits == wait) {
                context.close();
            }
        };
        context.executor().schedule(check, limitNanos, TimeUnit.NANOSECONDS);
    }
}
