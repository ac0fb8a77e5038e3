package org.mxhooks.process.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.mxhooks.process.harness.HttpConnection;

/**
 * Signed requests to one resource over connections that are kept open. Any answer but a 2xx is an exception.
 *
 * @param target of the requests
 * @param signing how they are signed
 * @param bodies what they carry
 * @param accepted how many were answered, in sum
 */
record SignedLoad(URI target, Signing signing, StoryBodies bodies, AtomicLong accepted) {

    static final int CONNECTIONS = 32;

    /** Until connections are open, and the server runs again. */
    static final Duration BRIEF = Duration.ofMillis(500);

    private interface Sender {
        void send(HttpConnection connection) throws IOException;
    }

    /** As many as are answered in a while; returns how many each second. */
    double closed(Duration duration) throws Exception {
        AtomicLong answers = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        onEachConnection(connection -> {
            while (System.nanoTime() < end) {
                exchange(connection);
                answers.incrementAndGet();
            }
        });
        return answers.get() / seconds(begin);
    }

    /** As above, after a brief while that does not count. */
    double closedWhenWarm(Duration duration) throws Exception {
        closed(BRIEF);
        return closed(duration);
    }

    /** So many each second, whether or not earlier ones are answered; returns how late each answer was, in order. */
    long[] open(double perSecond, Duration duration) throws Exception {
        long[] nanos = new long[(int) (perSecond * duration.toNanos() / 1e9)];
        AtomicLong next = new AtomicLong();
        long begin = System.nanoTime();
        onEachConnection(connection -> {
            for (int i = (int) next.getAndIncrement(); i < nanos.length; i = (int) next.getAndIncrement()) {
                long due = begin + (long) (i * 1e9 / perSecond);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                exchange(connection);
                nanos[i] = System.nanoTime() - due;
            }
        });
        Arrays.sort(nanos);
        return nanos;
    }

    static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void exchange(HttpConnection connection) throws IOException {
        byte[] body = bodies.next();
        int status = connection.exchange(HttpConnection.post(target, signing.sign(body), body));
        if (status / 100 != 2) {
            throw new IOException("%s answered %s".formatted(target, status));
        }
        accepted.incrementAndGet();
    }

    private void onEachConnection(Sender sender) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                sent.add(threads.submit(onOneConnection(sender)));
            }
            for (Future<Void> each : sent) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Void> onOneConnection(Sender sender) {
        return () -> {
            try (HttpConnection connection = new HttpConnection(target)) {
                sender.send(connection);
            }
            return null;
        };
    }
}
