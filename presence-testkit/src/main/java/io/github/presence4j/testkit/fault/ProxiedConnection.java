package io.github.presence4j.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One connection through a {@link TcpProxy}. */
final class ProxiedConnection implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final long MAX_NAP_NANOS = 10_000_000;

    private final Socket client;
    private final Socket server;
    private final Supplier<Duration> delay;
    private final Consumer<ProxiedConnection> onClose;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger halvesOpen = new AtomicInteger(2);
    private volatile boolean silent;
    private volatile boolean answersLost;
    private volatile boolean closed;

    ProxiedConnection(Socket client, Socket server, Supplier<Duration> delay, Consumer<ProxiedConnection> onClose)
            throws IOException {
        this.client = client;
        this.server = server;
        this.delay = delay;
        this.onClose = onClose;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Two threads each way: one must go on reading while the other one holds back what was read. */
    void open() {
        carry(client, server);
        carry(server, client);
    }

    private void carry(Socket from, Socket to) {
        BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
        String name = "proxy-" + from.getPort() + "-" + to.getPort();
        threads.add(daemon(name + "-in", () -> read(from, underWay)));
        threads.add(daemon(name + "-out", () -> write(underWay, to)));
    }

    private void read(Socket from, BlockingQueue<Chunk> underWay) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                underWay.add(new Chunk(Arrays.copyOf(buffer, length), false));
            }
        } catch (IOException reset) {
            // The other side learns of it below.
        }
        underWay.add(new Chunk(new byte[0], true));
    }

    private void write(BlockingQueue<Chunk> underWay, Socket to) {
        try {
            for (Chunk chunk = arrived(underWay); !closed; chunk = arrived(underWay)) {
                if (to == client && answersLost) {
                    continue;
                }
                if (!silent && chunk.last) {
                    hangUp(to);
                    return;
                }
                if (!silent) {
                    to.getOutputStream().write(chunk.bytes);
                }
            }
        } catch (IOException gone) {
            if (!silent) {
                close();
            }
        } catch (InterruptedException byClose) {
            closed = true;
        }
    }

    private void hangUp(Socket to) throws IOException {
        to.shutdownOutput();
        if (halvesOpen.decrementAndGet() == 0) {
            close();
        }
    }

    /** The next bytes, once they have been on the way long enough, by the delay of this very moment. */
    private Chunk arrived(BlockingQueue<Chunk> underWay) throws InterruptedException {
        Chunk chunk = underWay.take();
        for (long left = left(chunk); left > 0 && !closed; left = left(chunk)) {
            LockSupport.parkNanos(Math.min(left, MAX_NAP_NANOS));
        }
        return chunk;
    }

    private long left(Chunk chunk) {
        return chunk.read + delay.get().toNanos() - System.nanoTime();
    }

    /** From now on nothing passes. */
    void silence() {
        silent = true;
    }

    /** Drops all further data from the server to the client. */
    void loseAnswers() {
        answersLost = true;
    }

    @Override
    public void close() {
        closed = true;
        closeOne(client);
        closeOne(server);
        threads.forEach(Thread::interrupt);
        onClose.accept(this);
    }

    private static void closeOne(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is of no use any more, which is all that was wanted.
        }
    }

    /** What one read brought, and when; the last one is empty and stands for the end. */
    private static final class Chunk {
        final byte[] bytes;
        final long read = System.nanoTime();
        final boolean last;

        Chunk(byte[] bytes, boolean last) {
            this.bytes = bytes;
            this.last = last;
        }
    }
}
