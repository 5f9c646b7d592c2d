package io.github.presence4j.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The network between a client and a server, which can be cut, slow, or silently dead. Thread-safe. */
public final class TcpProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int BACKLOG = 128;

    private final PortLease lease = PortLease.take();
    private final Set<ProxiedConnection> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile InetSocketAddress target;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean silent;
    private volatile @Nullable ServerSocket listener;

    private @Nullable Thread acceptor;

    private TcpProxy(InetSocketAddress target) {
        this.target = target;
    }

    /**
     * {@return a proxy to the server on this port of 127.0.0.1, which may be started later}
     *
     * @param port the port of the server, 1 to 65535
     * @throws IllegalStateException if no port is free
     * @throws UncheckedIOException if the proxy cannot listen
     */
    public static TcpProxy to(int port) {
        return to("127.0.0.1", port);
    }

    /**
     * {@return a proxy to the server at this address, which may be started later}
     *
     * @param host the name or address of the server
     * @param port the port of the server, 1 to 65535
     * @throws IllegalStateException if no port is free
     * @throws UncheckedIOException if the proxy cannot listen
     */
    public static TcpProxy to(String host, int port) {
        TcpProxy proxy = new TcpProxy(new InetSocketAddress(host, port));
        try {
            proxy.listen();
            return proxy;
        } catch (RuntimeException | Error e) {
            proxy.close();
            throw e;
        }
    }

    /** {@return the port to which a client connects instead} Never changes. */
    public int port() {
        return lease.port();
    }

    /** {@return the number of open connections, with dead ones that are kept open} */
    public int connections() {
        return links.size();
    }

    /**
     * Closes all connections and refuses new ones, from now until {@link #heal()}.
     *
     * @throws IllegalStateException if the thread is interrupted
     * @throws UncheckedIOException if the listening socket cannot be closed
     */
    public void cut() {
        Thread ending;
        synchronized (this) {
            stopListening();
            closeLinks();
            ending = acceptor;
            acceptor = null;
        }
        awaitEnd(ending);
    }

    /** Waits for the end of the accepting thread. A socket keeps listening until its thread has noticed that it was closed. */
    private static void awaitEnd(@Nullable Thread ending) {
        try {
            if (ending != null) {
                ending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the proxy was closed", e);
        }
    }

    /**
     * Redirects new connections to another server; existing ones stay. This is how a name with a changed address behaves.
     *
     * @param other the port of the other server, on the same host
     */
    public void leadTo(int other) {
        target = new InetSocketAddress(target.getHostString(), other);
    }

    /**
     * Delays bytes from now on. They arrive in order, and as many at a time as before.
     *
     * @param eachWay the delay in each direction; zero ends it
     */
    public void delay(Duration eachWay) {
        delay = eachWay;
    }

    /**
     * Behaves as a firewall that forgets a connection: all stay open and new ones are accepted, but nothing passes either way,
     * not even that the other side has hung up. Data under way is lost.
     */
    public synchronized void halfOpen() {
        silent = true;
        links.forEach(ProxiedConnection::silence);
    }

    /**
     * Silences existing connections for good, as by {@link #halfOpen()}; new ones pass. A host that lost its power and returned
     * looks like this to its former connections.
     */
    public synchronized void forget() {
        links.forEach(ProxiedConnection::silence);
    }

    /**
     * Loses the answers on all current connections: data from the server is dropped, data from the client still arrives. New
     * connections are not affected.
     */
    public synchronized void loseAnswers() {
        links.forEach(ProxiedConnection::loseAnswers);
    }

    /** {@return the number of connections accepted so far} */
    public int accepted() {
        return accepted.get();
    }

    /**
     * Lets new connections pass again, without delay; those that were half-open are closed.
     *
     * @throws UncheckedIOException if the proxy cannot listen
     */
    public synchronized void heal() {
        delay = Duration.ZERO;
        if (silent) {
            silent = false;
            closeLinks();
        }
        if (listener == null) {
            listen();
        }
    }

    private synchronized void listen() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port()), BACKLOG);
            listener = opened;
            acceptor = ProxiedConnection.daemon("proxy-" + port(), () -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + port(), e);
        }
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket client = opened.accept();
                accepted.incrementAndGet();
                connect(opened, client);
            } catch (IOException closed) {
                // By cut() or close(), or the client is gone already.
            }
        }
    }

    private void connect(ServerSocket opened, Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target, CONNECT_MILLIS);
        } catch (IOException down) {
            client.close();
            server.close();
            return;
        }
        synchronized (this) {
            ProxiedConnection link = new ProxiedConnection(client, server, () -> delay, links::remove);
            links.add(link);
            if (opened.isClosed()) {
                link.close();
            } else {
                if (silent) {
                    link.silence();
                }
                link.open();
            }
        }
    }

    private void stopListening() {
        ServerSocket current = listener;
        listener = null;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeLinks() {
        links.forEach(ProxiedConnection::close);
    }

    @Override
    public void close() {
        cut();
        lease.close();
    }
}
