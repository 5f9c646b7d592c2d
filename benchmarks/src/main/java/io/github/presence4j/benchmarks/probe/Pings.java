package io.github.presence4j.benchmarks.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long others wait for a server: PING on a plain socket of a thread of its own, which no pool and no event loop of a client
 * can delay. A PING that waits holds up those that should have been sent meanwhile; the histogram counts them as well.
 */
final class Pings {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int REPLY = "+PONG\r\n".length();

    private final Histogram micros = new Histogram(3);
    private final CompletableFuture<Histogram> done = new CompletableFuture<>();
    private final URI server;
    private volatile boolean ended;

    private Pings(String uri) {
        this.server = URI.create(uri);
    }

    /** Waits in microseconds while some work is done. */
    static Histogram during(String uri, Runnable work) {
        Pings pings = new Pings(uri);
        new Thread(pings::run, "pings").start();
        try {
            work.run();
        } finally {
            pings.ended = true;
        }
        return pings.done.join();
    }

    private void run() {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            do {
                long began = System.nanoTime();
                out.write(PING);
                in.readNBytes(REPLY);
                micros.recordValueWithExpectedInterval(
                        TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began),
                        TimeUnit.NANOSECONDS.toMicros(PAUSE_NANOS));
                LockSupport.parkNanos(PAUSE_NANOS);
            } while (!ended);
            done.complete(micros);
        } catch (IOException e) {
            done.completeExceptionally(new UncheckedIOException(e));
        }
    }
}
