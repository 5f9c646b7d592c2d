package io.github.presence4j.redis;

import io.lettuce.core.protocol.CommandHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Fails the commands whose reply is missing when the link is lost. Lettuce would send them again on the next one, and the server may
 * have carried them out already (O3). Stands before Lettuce's own handlers.
 */
final class InFlight extends ChannelInboundHandlerAdapter {
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        CommandHandler handler = context.pipeline().get(CommandHandler.class);
        if (handler != null) {
            handler.drainQueue().forEach(command -> command.completeExceptionally(Failures.linkLost()));
        }
        context.fireChannelInactive();
    }
}
