package io.github.presence4j.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A port that stays reserved while no process listens on it, as between a kill and a restart. A listening socket on another
 * port, its sign, keeps other leases away, those of other JVMs too, and goes when the JVM goes. The three ranges, for
 * servers, for the buses of Redis Cluster and for signs, do not overlap and lie below the ports that Linux gives to
 * outgoing connections.
 */
public final class PortLease implements AutoCloseable {
    private static final int FIRST = 10_240;
    private static final int COUNT = 5_760;
    private static final int TO_BUS = 10_000;
    private static final int TO_SIGN = 16_000;
    private static final int ATTEMPTS = 200;

    private final int port;
    private final ServerSocket sign;

    private PortLease(int port, ServerSocket sign) {
        this.port = port;
        this.sign = sign;
    }

    /**
     * {@return the lease of a free port}
     *
     * @throws IllegalStateException if no port of the range is free
     */
    public static PortLease take() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            PortLease lease = tryFor(port);
            if (lease != null) {
                return lease;
            }
        }
        throw new IllegalStateException("No free port among " + FIRST + " to " + (FIRST + COUNT));
    }

    private static @Nullable PortLease tryFor(int port) {
        try {
            ServerSocket sign = listen(port + TO_SIGN);
            if (isFree(port) && isFree(port + TO_BUS)) {
                return new PortLease(port, sign);
            }
            sign.close();
            return null;
        } catch (IOException taken) {
            return null;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = listen(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** {@return the leased port} */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            sign.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
