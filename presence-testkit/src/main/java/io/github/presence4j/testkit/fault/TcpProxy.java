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

/** The network between a client and a server, which can be cut, slow, or silently dead. */
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
     * {@return a way to the server that listens on this port of 127.0.0.1, now or later}
     *
     * @param port its port
     */
    public static TcpProxy to(int port) {
        return to("127.0.0.1", port);
    }

    /**
     * {@return a proxy to the server at this address, which may be started later}
     *
     * @param host the name or address of the server
     * @param port the port of the server
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

    /** {@return where a client connects to instead} It stays the same. */
    public int port() {
        return lease.port();
    }

    /** {@return how many connections there are, dead ones too while they are kept open} */
    public int connections() {
        return links.size();
    }

    /** Closes all connections and refuses new ones, from now until {@link #heal()}. */
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
     * From now on bytes take this long. They arrive in order, and as many at a time as before.
     *
     * @param eachWay how long; zero ends it
     */
    public void delay(Duration eachWay) {
        delay = eachWay;
    }

    /**
     * As when a firewall forgets a connection: all stay open and new ones are accepted, but nothing passes either way, not even
     * that the other side has hung up. What is under way is lost.
     */
    public synchronized void halfOpen() {
        silent = true;
        links.forEach(ProxiedConnection::silence);
    }

    /**
     * Existing connections go silent for good, as by {@link #halfOpen()}; new ones pass. A host that lost its power and
     * came back looks like this to its former connections.
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

    /** New connections pass again, without delay; those that were half-open are closed. */
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
