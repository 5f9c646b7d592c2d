package io.github.presence4j.redis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * A Netty handler that writes all pending commands at once, since a system call costs more than a heartbeat. Exception: the
 * first flush triggered while reading a reply (usually the topic's next batch) goes out at once, before the reply's callers
 * run, so that the server is not idle. Netty's own consolidation of flushes waits until all that has arrived is read.
 *
 * <p>It is the first handler of its pipeline. Only its event loop uses it.
 */
final class FlushCoalescingHandler extends ChannelDuplexHandler {
    private boolean isReading;
    private boolean hasFlushed;
    private boolean isPending;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        isReading = true;
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        isReading = false;
        hasFlushed = false;
        flushPending(context);
        context.fireChannelReadComplete();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (isReading && !hasFlushed) {
            hasFlushed = true;
            isPending = false;
            context.flush();
        } else if (!isPending) {
            isPending = true;
            if (!isReading) {
                // Behind the writes that have queued by now.
                context.executor().execute(() -> flushPending(context));
            }
        }
    }

    /** A pile that the channel holds to be too high is not left to grow. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            flushPending(context);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        flushPending(context);
        context.close(promise);
    }

    private void flushPending(ChannelHandlerContext context) {
        if (isPending) {
            isPending = false;
            context.flush();
        }
    }
}
