package io.github.presence4j.redis;

import io.lettuce.core.protocol.CommandHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * A Netty handler that fails the unanswered commands when the link is lost. Lettuce would send them again on the next one, and
 * the server may have executed them already (O3). Its place is before the handlers of Lettuce.
 */
final class FailOnDisconnectHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        CommandHandler handler = context.pipeline().get(CommandHandler.class);
        if (handler != null) {
            handler.drainQueue().forEach(command -> command.completeExceptionally(RedisErrors.linkLost()));
        }
        context.fireChannelInactive();
    }
}
