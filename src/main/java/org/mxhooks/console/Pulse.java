package org.mxhooks.console;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mxhooks.operations.Operations;

/**
 * Asks the database once a second whether anything changed, while any browser looks, and says so to all of them. A
 * stream ends after a few minutes: the browser then asks again, and whether it is signed in is checked again.
 */
@ApplicationScoped
class Pulse {

    private static final System.Logger LOG = System.getLogger(Pulse.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final String UNAVAILABLE = "unavailable";
    private static final int MAX_STREAMS = 100;
    private static final int BEATS_PER_SIGN_OF_LIFE = 15;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Operations operations;

    private final List<Stream> streams = new ArrayList<>();
    private Thread thread;
    private boolean closed;

    private record Stream(AsyncContext context, long since) {}

    /** The stream is completed here, at the latest when the application stops; the oldest, where there are too many. */
    synchronized void add(AsyncContext context) {
        streams.add(new Stream(context, System.nanoTime()));
        send(context, "retry: 3000\n\n");
        if (streams.size() > MAX_STREAMS) {
            end(streams.remove(0));
        }
        if (thread == null && !closed) {
            thread = threads.newThread(this::run);
            thread.setName("mxhooks-console");
            thread.start();
        }
    }

    private void run() {
        String last = "";
        for (int beat = 1; await(); beat++) {
            String now = pulse(last);
            boolean changed = !now.equals(last);
            last = now;
            if (changed) {
                sendAll("data: changed\n\n");
            } else if (beat % BEATS_PER_SIGN_OF_LIFE == 0) {
                sendAll(":\n\n");
            }
        }
    }

    /** False, and the thread is over, once nobody looks. */
    private synchronized boolean await() {
        try {
            long until = System.nanoTime() + PERIOD.toNanos();
            for (long left = PERIOD.toNanos(); left > 0 && !closed; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        if (closed || streams.isEmpty()) {
            thread = null;
            return false;
        }
        return true;
    }

    private String pulse(String last) {
        try {
            return operations.pulse();
        } catch (SQLException | RuntimeException e) {
            if (!last.equals(UNAVAILABLE)) {
                LOG.log(WARNING, "The console cannot read whether anything changed: {0}", e.toString());
            }
            return UNAVAILABLE;
        }
    }

    private synchronized void sendAll(String event) {
        long now = System.nanoTime();
        for (Stream stream : List.copyOf(streams)) {
            if (!send(stream.context(), event) || now - stream.since() > MAX_AGE.toNanos()) {
                streams.remove(stream);
                end(stream);
            }
        }
    }

    private static boolean send(AsyncContext context, String event) {
        try {
            context.getResponse().getOutputStream().write(event.getBytes(UTF_8));
            context.getResponse().flushBuffer();
            return true;
        } catch (IOException | RuntimeException gone) {
            LOG.log(DEBUG, "A browser no longer looks: {0}", gone.toString());
            return false;
        }
    }

    private static void end(Stream stream) {
        try {
            stream.context().complete();
        } catch (RuntimeException ended) {
            LOG.log(DEBUG, "A stream had ended already: {0}", ended.toString());
        }
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        notifyAll();
        streams.forEach(Pulse::end);
        streams.clear();
    }
}
