package org.mxhooks.alarms;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.OperatorAlert.Status;
import org.mxhooks.observer.AlertCall;

/**
 * Logs alarms and notifies the companions' observers of them: one after the other, each on a thread of its own, which
 * is abandoned where the observer hangs. Not safe for use by more than one thread, apart from {@link #close}.
 */
final class Announcer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Alarms.class.getName());

    private final Function<OperatorAlert, Stream<AlertCall>> observers;
    private final ThreadFactory threads;
    private final Duration patience;
    /** Observers whose call has not returned. */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** @param patience how long a call is waited for */
    Announcer(Function<OperatorAlert, Stream<AlertCall>> observers, ThreadFactory threads, Duration patience) {
        this.observers = observers;
        this.threads = threads;
        this.patience = patience;
    }

    /** Returns whether all was done: not if the node stops meanwhile. */
    boolean announce(OperatorAlert alarm) throws InterruptedException {
        log(alarm);
        for (AlertCall call : observers.apply(alarm).toList()) {
            notify(call, alarm);
        }
        return !closed.isDone();
    }

    /** The running announcement ends without waiting for its observer. */
    @Override
    public void close() {
        closed.complete(null);
    }

    private static void log(OperatorAlert alarm) {
        if (alarm.status() == Status.RAISED) {
            LOG.log(
                    WARNING,
                    "Alarm raised: {0} {1}. {2} {3}{4}",
                    alarm.kind(),
                    alarm.subject(),
                    alarm.problem(),
                    alarm.remedy(),
                    alarm.command().map(" See: "::concat).orElse(""));
        } else {
            LOG.log(
                    INFO,
                    "Alarm ended: {0} {1}, raised at {2}",
                    alarm.kind(),
                    alarm.subject(),
                    alarm.raisedAt().toString());
        }
    }

    private void notify(AlertCall call, OperatorAlert alarm) throws InterruptedException {
        if (!running.add(call.observer())) {
            LOG.log(
                    WARNING,
                    "Observer {0} is not notified of alarm {1} {2}: it has not returned from an earlier one",
                    call.observer(),
                    alarm.kind(),
                    alarm.subject());
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = threads.newThread(() -> run(call, alarm, done));
        thread.setName("mxhooks-alarm");
        thread.start();
        try {
            CompletableFuture.anyOf(done, closed).get(patience.toMillis(), MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(
                    WARNING,
                    "Observer {0} has not returned from alarm {1} {2} after {3}; no longer waiting for it",
                    call.observer(),
                    alarm.kind(),
                    alarm.subject(),
                    patience);
        }
    }

    private void run(AlertCall call, OperatorAlert alarm, CompletableFuture<Void> done) {
        try {
            call.work().run();
        } catch (Throwable e) {
            LOG.log(
                    WARNING,
                    () -> "Observer %s failed on alarm %s %s; it is not notified again"
                            .formatted(call.observer(), alarm.kind(), alarm.subject()),
                    e);
        } finally {
            running.remove(call.observer());
            done.complete(null);
        }
    }
}
