package io.github.presence4j.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what a logger logs until it is closed. */
final class RecordedLog extends Handler {
    private final Logger log;
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    RecordedLog(String logger) {
        this.log = Logger.getLogger(logger);
        log.addHandler(this);
    }

    Queue<LogRecord> records() {
        return records;
    }

    @Override
    public void publish(LogRecord line) {
        records.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        log.removeHandler(this);
    }
}
