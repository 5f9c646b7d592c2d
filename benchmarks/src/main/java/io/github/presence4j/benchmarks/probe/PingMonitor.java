package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.SecondProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/**
 * How long others wait for a server: {@link PingProcess} in a process of its own, which no pool, no event loop and no garbage collection
 * of who is measured can delay.
 */
final class PingMonitor implements AutoCloseable {
    private final SecondProcess pings;

    private PingMonitor(SecondProcess pings) {
        this.pings = pings;
    }

    static PingMonitor of(String uri) throws IOException {
        return new PingMonitor(SecondProcess.gauge(PingProcess.class, uri));
    }

    /** Waits in microseconds while some work is done. */
    Histogram during(Runnable work) throws IOException {
        pings.ask("begin");
        work.run();
        return Histogram.decodeFromByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(pings.ask("end"))), 0);
    }

    @Override
    public void close() {
        pings.close();
    }
}
