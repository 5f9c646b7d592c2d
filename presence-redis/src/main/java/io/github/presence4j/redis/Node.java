package io.github.presence4j.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of a server on its present connection. Its scripts may be used from any thread, the rest only by the
 * {@link CommandQueue} that sends to it.
 */
final class Node {
    private final Set<String> scripts = ConcurrentHashMap.newKeySet();

    /** The calls that wait for the first one to be answered. Empty once the connection is open. */
    final Held held = new Held();

    private volatile boolean isOpen;
    private volatile boolean isOpening;

    /** A server whose connection is open already. */
    static Node open() {
        Node node = new Node();
        node.isOpen = true;
        return node;
    }

    /** Returns whether a call has to wait for the first call. The first one does not, and opens the connection. */
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

    /** Records that a script is sent as a whole, and returns whether it had not been. */
    boolean learns(String sha) {
        return scripts.add(sha);
    }

    /** After the link was lost, or when the server forgot a script: every script is sent as a whole once more. */
    void forgetScripts() {
        scripts.clear();
    }
}
