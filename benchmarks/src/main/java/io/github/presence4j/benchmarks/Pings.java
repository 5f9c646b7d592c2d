package io.github.presence4j.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * How long others wait for a server: PING on a plain socket of a thread of its own, which no pool and no event loop of a client
 * can delay.
 */
final class Pings implements AutoCloseable {
    private static final long PAUSE_NANOS = 2_000_000;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int REPLY = "+PONG\r\n".length();

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Socket socket;
    private long[] nanos = new long[1 << 16];
    private int count;
    private volatile boolean ended;

    Pings(String uri) {
        URI server = URI.create(uri);
        try {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "pings");
        thread.start();
    }

    private void run() {
        try {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            while (!ended) {
                long began = System.nanoTime();
                out.write(PING);
                in.readNBytes(REPLY);
                add(System.nanoTime() - began);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            done.complete(null);
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }

    private void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
    }

    void print(String what, long calls, double longestCommand) {
        ended = true;
        done.join();
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        System.out.printf(
                "%-34s %10.2f %10.2f %10.2f %10d %8d %16.2f%n",
                what, millis(sorted, 0.5), millis(sorted, 0.999), millis(sorted, 1), calls, count, longestCommand);
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
    }

    @Override
    public void close() {
        ended = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
