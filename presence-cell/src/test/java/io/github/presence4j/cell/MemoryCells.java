package io.github.presence4j.cell;

import io.github.presence4j.spi.BlockingCall;
import io.github.presence4j.spi.TopicId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The bytes of one topic in memory, with a clock that a test sets, and a record of the calls. */
final class MemoryCells implements CellStorage {
    final ReentrantLock lock = new ReentrantLock();
    final List<String> calls = new ArrayList<>();
    volatile byte @Nullable [] bytes;
    final AtomicLong now = new AtomicLong(1_000_000);
    volatile long expiresAt;
    volatile long version;
    /** Runs after the lock was obtained. */
    volatile Runnable locked = () -> {};
    /** Runs when the work is done, before what it wrote takes effect. */
    volatile Runnable committing = () -> {};

    @Override
    public <T> T withCell(TopicId topic, BlockingCall call, Work<T> work) throws Exception {
        OneCell cell = new OneCell();
        try {
            T result = work.run(cell);
            committing.run();
            cell.commit();
            return result;
        } finally {
            if (lock.isHeldByCurrentThread()) {
                lock.unlock();
            }
        }
    }

    private final class OneCell implements Cell {
        private Runnable commit = () -> {};

        void commit() {
            commit.run();
        }

        @Override
        public byte @Nullable [] lock() throws InterruptedException {
            lock.lockInterruptibly();
            calls.add("lock");
            locked.run();
            return bytes;
        }

        @Override
        public byte @Nullable [] read() {
            calls.add("read");
            return bytes;
        }

        @Override
        public long now() {
            calls.add("now");
            return now.get();
        }

        @Override
        public void write(byte[] written, long until, long newVersion) {
            calls.add("write");
            commit = () -> {
                bytes = written;
                expiresAt = until;
                version = newVersion;
            };
        }
    }
}
