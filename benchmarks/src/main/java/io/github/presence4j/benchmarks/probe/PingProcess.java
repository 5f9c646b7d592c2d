package io.github.presence4j.benchmarks.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The second process of {@link PingMonitor}: PING on a plain socket, again and again between a line of input and the next,
 * of which each is answered. A PING that waits delays those due during the wait; the histogram counts them as well.
 */
public final class PingProcess {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int WARMUP = 5_000;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int REPLY = "+PONG\r\n".length();

    private final Histogram micros = new Histogram(3);
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Histogram> done = new CompletableFuture<>();
    private final Socket socket;
    private volatile boolean ended;

    private PingProcess(Socket socket) {
        this.socket = socket;
    }

    /**
     * Runs it.
     *
     * @param args the server's URI
     * @throws IOException if the server does not answer
     */
    public static void main(String[] args) throws IOException {
        URI server = URI.create(args[0]);
        try (Socket socket = new Socket(server.getHost(), server.getPort());
                BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < WARMUP; i++) {
                ping(socket);
            }
            while (told.readLine() != null) {
                PingProcess pings = new PingProcess(socket);
                Thread thread = new Thread(pings::run, "pings");
                thread.setDaemon(true);
                thread.start();
                pings.begun.join();
                System.out.println("begun");
                told.readLine();
                pings.ended = true;
                System.out.println(encoded(pings.done.join()));
            }
        }
    }

    private void run() {
        try {
            do {
                micros.recordValueWithExpectedInterval(ping(socket), TimeUnit.NANOSECONDS.toMicros(PAUSE_NANOS));
                begun.complete(null);
                LockSupport.parkNanos(PAUSE_NANOS);
            } while (!ended);
            done.complete(micros);
        } catch (IOException e) {
            begun.completeExceptionally(new UncheckedIOException(e));
            done.completeExceptionally(new UncheckedIOException(e));
        }
    }

    /** {@return microseconds until it was answered} */
    private static long ping(Socket socket) throws IOException {
        long began = System.nanoTime();
        socket.getOutputStream().write(PING);
        socket.getInputStream().readNBytes(REPLY);
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }
}
