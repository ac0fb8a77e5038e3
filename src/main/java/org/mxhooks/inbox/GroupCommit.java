package org.mxhooks.inbox;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mxhooks.database.Database;
import org.mxhooks.database.SqlState;
import org.mxhooks.resilience.Shutdown;

/**
 * Commits all arrivals that wait in one transaction. One thread writes; while it commits, the next group gathers, so a
 * lone arrival waits for nobody and many share the cost of a sync.
 */
final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final int MAX_IN_GROUP = 512;
    private static final int MAX_BYTES_IN_GROUP = 8 * 1024 * 1024;
    private static final int MAX_WAITING_BYTES = 128 * 1024 * 1024;
    private static final int MAX_REPEATS = 5;

    /** Each attempt may wait 5 s for a lock, and senders wait no longer than 10 s. */
    private static final Duration REPEAT_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final String DATABASE_UNAVAILABLE = "the database is unavailable";

    private final Database database;
    private final LogWriter writer;
    private final Deadlines deadlines = new Deadlines(ANSWER_TIMEOUT, System::nanoTime);
    private final AppendQueue queue = new AppendQueue(MAX_WAITING_BYTES, deadlines);
    private final CommitMeters commits;
    private final RecentLog recent;
    private final SenderAnswers answers;
    private final Thread thread;
    private volatile Consumer<Set<Integer>> listener = lanes -> {};
    private boolean failing;

    GroupCommit(Database database, RecentLog recent, ThreadFactory threads, MeterRegistry meters) {
        this.database = database;
        this.recent = recent;
        commits = new CommitMeters(meters, queue, MAX_IN_GROUP);
        writer = new LogWriter(database);
        answers = new SenderAnswers(deadlines, threads);
        thread = threads.newThread(this::write);
        thread.setName("mxhooks-inbox");
        thread.start();
    }

    CompletionStage<Receipt> append(Arrival arrival) {
        return database.isOpen()
                ? queue.add(LogRow.of(arrival))
                : CompletableFuture.completedStage(new Receipt.Unavailable(DATABASE_UNAVAILABLE));
    }

    /** Commits a group of nothing behind the current one; completes with whether that succeeded. */
    CompletionStage<Boolean> check() {
        return database.isOpen() ? queue.addCheck() : CompletableFuture.completedStage(false);
    }

    AppendEffort effort() {
        return commits.effort();
    }

    void onCommit(Consumer<Set<Integer>> listener) {
        this.listener = listener;
    }

    @Override
    public void close() {
        try {
            queue.close();
            thread.join(STOP_TIMEOUT.toMillis());
            queue.refuseAll();
            answers.end(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No fault ends it before the node does: nobody else would ever write. */
    private void write() {
        List<PendingAppend> group = new ArrayList<>(MAX_IN_GROUP);
        Throwable fault = null;
        while (!queue.isEnded() || !group.isEmpty()) {
            try {
                if (fault == null) {
                    writeNext(group);
                } else {
                    LockSupport.parkNanos(FIRST_PAUSE.toNanos());
                    recover(group, fault);
                    fault = null;
                }
            } catch (InterruptedException | RuntimeException | Error e) {
                fault = e; // where memory is short even a log entry may be too much: it is made at the next turn
            }
        }
        closeConnection();
    }

    private void writeNext(List<PendingAppend> group) throws InterruptedException {
        queue.take(group, MAX_IN_GROUP, MAX_BYTES_IN_GROUP);
        keep(List.copyOf(group));
        group.clear();
        answerChecks();
    }

    /** Whether the group was committed is unknown here: what is sent again is a duplicate then. */
    private void recover(List<PendingAppend> group, Throwable fault) {
        group.forEach(pending -> pending.end(new Receipt.Unavailable("the delivery could not be written")));
        group.clear();
        queue.failChecks();
        closeConnection();
        if (fault instanceof InterruptedException && Shutdown.isRequested()) {
            queue.abandon();
        } else {
            LOG.log(ERROR, "The inbox's writer met a fault; its group was refused and the next is written", fault);
        }
    }

    private void keep(List<PendingAppend> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            long begin = System.nanoTime();
            LogWriter.Appended appended = appendRepeatedly(group);
            commits.record(System.nanoTime() - begin, group.size());
            answers.give(group, appended.receipts());
            noteSuccess();
            recent.add(appended.before(), appended.entries());
            listener.accept(lanesOf(group));
        } catch (SQLException e) {
            if (WriteFailure.isAboutData(e)) {
                bisect(group, e);
            } else {
                noteFailure(e);
                answers.refuse(group, DATABASE_UNAVAILABLE);
            }
        }
    }

    /** Only those that were added before the answer was found. */
    private void answerChecks() {
        List<CompletableFuture<Boolean>> waiting = queue.checks();
        if (!waiting.isEmpty()) {
            boolean writes = canWrite();
            answers.execute(() -> waiting.forEach(check -> check.complete(writes)));
            queue.remove(waiting); // at the end: where a fault comes in between they are still there to be answered
        }
    }

    private boolean canWrite() {
        try {
            appendRepeatedly(List.of());
            noteSuccess();
            return true;
        } catch (SQLException e) {
            noteFailure(e);
            return false;
        }
    }

    private static Set<Integer> lanesOf(List<PendingAppend> group) {
        return group.stream().map(pending -> pending.row().lane()).collect(Collectors.toSet());
    }

    private LogWriter.Appended appendRepeatedly(List<PendingAppend> group) throws SQLException {
        LogWriter.Appended appended =
                commitRepeatedly(group.stream().map(PendingAppend::row).toList());
        writer.sync();
        return appended;
    }

    /**
     * Repeats what deadlocked with another node or timed out on its lock, after a pause in which the other can finish;
     * and once, on another connection, what a connection ended in.
     */
    private LogWriter.Appended commitRepeatedly(List<LogRow> rows) throws SQLException {
        long begin = System.nanoTime();
        boolean reconnected = false;
        for (int repeat = 0; ; repeat++) {
            try {
                return writer.append(rows);
            } catch (SQLException e) {
                boolean lost = SqlState.of(e).isAboutConnection() && !reconnected;
                boolean late = System.nanoTime() - begin > REPEAT_TIMEOUT.toNanos();
                if (!lost && !SqlState.of(e).isConflict() || late || repeat == MAX_REPEATS) {
                    throw e;
                }
                if (lost) {
                    closeConnection();
                    reconnected = true;
                }
                LockSupport.parkNanos(FIRST_PAUSE.toNanos() << repeat);
            }
        }
    }

    /** One that the database refuses must not take others with it. */
    private void bisect(List<PendingAppend> group, SQLException cause) {
        if (group.size() == 1) {
            refuse(group.get(0).row().arrival(), cause);
            answers.refuse(group, "the database refuses the delivery");
            return;
        }
        int half = group.size() / 2;
        keep(group.subList(0, half));
        keep(group.subList(half, group.size()));
    }

    private static void refuse(Arrival arrival, SQLException cause) {
        LOG.log(
                ERROR,
                "The database refuses a delivery on endpoint {0}, the portal''s {1}, with identity {2}, SQLSTATE {3};"
                        + " answered 503; the sender must send it again",
                arrival.endpoint(),
                arrival.attributes().portalId().orElse("without id"),
                arrival.identity().value(),
                cause.getSQLState());
    }

    private void noteFailure(SQLException cause) {
        if (!failing) {
            LOG.log(WARNING, "Inbox unavailable; answering 503 until it recovers: {0}", WriteFailure.describe(cause));
            failing = true;
        }
        closeConnection();
    }

    private void noteSuccess() {
        if (failing) {
            LOG.log(INFO, "Inbox recovered; accepting deliveries");
            failing = false;
        }
    }

    private void closeConnection() {
        try {
            writer.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "The broken connection did not close", e);
        }
    }
}
