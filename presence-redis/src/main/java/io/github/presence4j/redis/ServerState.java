package io.github.presence4j.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state of a server on its current connection. Its scripts may be used from any thread, the rest only by the {@link
 * CommandQueue} that sends to it.
 */
final class ServerState {
    private final Set<String> scripts = ConcurrentHashMap.newKeySet();

    /** The calls that wait for the answer of the first call. Empty once the connection is open. */
    final HeldCommands held = new HeldCommands();

    private volatile boolean isOpen;
    private volatile boolean isOpening;

    /** Returns a server whose connection is open already. */
    static ServerState open() {
        ServerState node = new ServerState();
        node.isOpen = true;
        return node;
    }

    /** Returns whether a call must wait for the first call. The first call need not wait; it opens the connection. */
    boolean isBusyOpening() {
        if (isOpen) {
            return false;
        }
        boolean wasOpening = isOpening;
        isOpening = true;
        return wasOpening;
    }

    boolean isOpening() {
        return isOpening;
    }

    void answered(boolean opened) {
        isOpen = opened;
        isOpening = false;
    }

    /** Records that a script is sent in full. Returns whether this is the first time on the connection. */
    boolean learns(String sha) {
        return scripts.add(sha);
    }

    /** Makes every script be sent in full once more, after the link was lost or the server forgot a script. */
    void forgetScripts() {
        scripts.clear();
    }
}
