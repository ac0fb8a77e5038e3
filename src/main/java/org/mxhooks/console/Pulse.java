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
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mxhooks.operations.Operations;

/**
 * Asks the database once a second whether anything changed, while any browser looks, and says so to all of them; now
 * and then without asking, since not all that a page shows is in the database. A stream ends after a few minutes: the
 * browser then asks again, and whether it is signed in is checked again. What is written to a browser may block, so
 * nothing is written under the lock: a browser that reads nothing keeps neither requests nor the end of the
 * application.
 */
@ApplicationScoped
class Pulse {

    private static final System.Logger LOG = System.getLogger(Pulse.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final String UNAVAILABLE = "unavailable";
    private static final int BEATS_PER_REFRESH = 15;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Operations operations;

    private final OpenStreams<Stream> streams = new OpenStreams<>();
    private Thread thread;
    private boolean closed;

    private record Stream(AsyncContext context, long since) {}

    /**
     * The stream is completed here, at the latest when the application stops; the oldest, where there are too many.
     *
     * @param session whose it is
     */
    void add(String session, AsyncContext context) {
        Stream stream = new Stream(context, System.nanoTime());
        context.addListener(new Ending(stream));
        if (send(context, "retry: 3000\n\n")) {
            open(session, stream).ifPresent(Pulse::end);
        } else {
            end(stream);
        }
    }

    /** Returns the stream that has to end for it. */
    private synchronized Optional<Stream> open(String session, Stream stream) {
        if (closed) {
            return Optional.of(stream);
        }
        Optional<Stream> surplus = streams.add(session, stream);
        if (thread == null) {
            thread = threads.newThread(this::run);
            thread.setName("mxhooks-console");
            thread.start();
        }
        return surplus;
    }

    private synchronized List<Stream> opened() {
        return streams.all();
    }

    private synchronized boolean forget(Stream stream) {
        return streams.remove(stream);
    }

    /** The server ended it, mostly because the browser has gone: its response may serve another request now. */
    private final class Ending implements AsyncListener {

        private final Stream stream;

        Ending(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            forget(stream);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            forget(stream);
        }

        @Override
        public void onError(AsyncEvent event) {
            forget(stream);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Nobody starts it again.
        }
    }

    private void run() {
        String last = "";
        boolean settling = false;
        for (int beat = 1; await(); beat++) {
            String now = pulse(last);
            boolean changed = !now.equals(last);
            last = now;
            if (changed || settling || beat % BEATS_PER_REFRESH == 0) {
                tellAll();
            }
            settling = changed; // at first a browser may have been shown figures from just before the change
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
        } catch (SQLException | RuntimeException | Error e) { // an error must not end the updates of all browsers
            if (!last.equals(UNAVAILABLE)) {
                LOG.log(WARNING, "The console cannot read whether anything changed: {0}", e.toString());
            }
            return UNAVAILABLE;
        }
    }

    private void tellAll() {
        try {
            sendAll();
        } catch (RuntimeException | Error e) {
            LOG.log(WARNING, "The console cannot report changes: {0}", e.toString());
        }
    }

    private void sendAll() {
        long now = System.nanoTime();
        for (Stream stream : opened()) {
            boolean over = !send(stream.context(), "data: changed\n\n") || now - stream.since() > MAX_AGE.toNanos();
            if (over && forget(stream)) {
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
    void close() {
        List<Stream> open = stop();
        open.forEach(Pulse::end);
    }

    private synchronized List<Stream> stop() {
        closed = true;
        notifyAll();
        List<Stream> open = streams.all();
        streams.clear();
        return open;
    }
}
