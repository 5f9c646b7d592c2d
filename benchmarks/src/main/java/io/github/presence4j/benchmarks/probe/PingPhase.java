package io.github.presence4j.benchmarks.probe;

import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * A time in which one thing is done again and again while another process sends PING.
 *
 * @param calls how often it was done
 * @param seconds how long that took
 * @param pings how long others waited, in microseconds
 * @param longestCommand by the server's own account, in milliseconds
 */
record PingPhase(long calls, double seconds, Histogram pings, double longestCommand) {
    private static final double MICROS = 1e3;

    static PingPhase of(PingMonitor bystander, RedisWatch watch, Duration time, Runnable call) throws IOException {
        long[] calls = {0};
        long began = System.nanoTime();
        watch.forgetCommands();
        Histogram pings = bystander.during(() -> {
            do {
                call.run();
                calls[0]++;
            } while (System.nanoTime() - began < time.toNanos());
        });
        return new PingPhase(calls[0], (System.nanoTime() - began) / 1e9, pings, watch.longestCommandMillis());
    }

    double medianPing() {
        return pings.getValueAtPercentile(50) / MICROS;
    }

    double p999Ping() {
        return pings.getValueAtPercentile(99.9) / MICROS;
    }

    double slowestPing() {
        return pings.getMaxValue() / MICROS;
    }
}
