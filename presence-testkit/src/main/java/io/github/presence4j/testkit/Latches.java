package io.github.presence4j.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a listener up, but not for ever. */
final class Latches {
    private Latches() {}

    static void await(CountDownLatch release) {
        try {
            if (!release.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("Nobody released the listener");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
