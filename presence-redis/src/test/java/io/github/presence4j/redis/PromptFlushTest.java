package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When what is written leaves: batches are only worth something if a busy link makes few system calls, and an idle one none late. */
class PromptFlushTest {
    private final FlushCount flushes = new FlushCount();
    private final List<Integer> leftWhileReading = new ArrayList<>();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(flushes, new FlushCoalescingHandler(), new ThreeForEach());

    @Test
    void whatAnAnswerLetsGoFirstLeavesWhileItIsReadAndTheRestTogether() {
        channel.writeInbound("answer", "answer");

        assertThat(leftWhileReading).containsExactly(1, 1, 1, 1, 1, 1);
        assertThat(channel.outboundMessages()).hasSize(6);
        assertThat(flushes.count).isEqualTo(2);
    }

    @Test
    void eachReadLetsItsFirstGoAtOnce() {
        channel.writeInbound("answer");
        leftWhileReading.clear();
        channel.writeInbound("answer");

        assertThat(leftWhileReading).containsExactly(4, 4, 4);
        assertThat(channel.outboundMessages()).hasSize(6);
        assertThat(flushes.count).isEqualTo(4);
    }

    @Test
    void betweenReadsAllThatHasQueuedLeavesInOneFlush() {
        channel.pipeline().writeAndFlush(1);
        channel.pipeline().flush();
        assertThat(channel.outboundMessages()).isEmpty();

        channel.runPendingTasks();
        assertThat(channel.outboundMessages()).hasSize(1);
        assertThat(flushes.count).isOne();

        channel.pipeline().writeAndFlush(2);
        channel.runPendingTasks();
        assertThat(channel.outboundMessages()).hasSize(2);
        assertThat(flushes.count).isEqualTo(2);
    }

    /** Of what is written, 8 bytes and the entry of each, two are too much. */
    @Test
    void aPileThatIsTooHighDoesNotWaitForTheEndOfTheRead() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(100, 200));

        channel.writeInbound("answer");

        assertThat(leftWhileReading).containsExactly(1, 1, 3);
    }

    private static final class FlushCount extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void flush(ChannelHandlerContext context) {
            count++;
            context.flush();
        }
    }

    private final class ThreeForEach extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            for (int i = 0; i < 3; i++) {
                context.writeAndFlush(i);
                leftWhileReading.add(channel.outboundMessages().size());
            }
        }
    }
}
