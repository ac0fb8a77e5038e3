package org.mxhooks.inbox;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.concurrent.ManageableThread;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxhooks.database.Database;

/**
 * Commits all arrivals that wait in one transaction. One thread writes; while it commits, the next group gathers, so a
 * lone arrival waits for nobody and many share the cost of a sync.
 */
final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Inbox.class.getName());
    private static final int MOST_WAITING = 8192;
    private static final int MOST_WAITING_BYTES = 128 * 1024 * 1024;
    private static final int MOST_IN_A_GROUP = 128;
    private static final int MOST_REPEATS = 5;
    private static final Duration FIRST_BREATH = Duration.ofMillis(20);
    private static final int ANSWERING_THREADS = 2;

    private static final Duration[] COMMIT_TIMES = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final Receipt FAILED = new Receipt.Unavailable("the delivery could not be written");
    private static final Waiting LAST = new Waiting(null, new CompletableFuture<>());
    private static final Waiting CHECK = new Waiting(null, new CompletableFuture<>());

    private final Database database;
    private final LogWriter writer;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Queue<CompletableFuture<Boolean>> checks = new ConcurrentLinkedQueue<>();
    private final Semaphore bytes = new Semaphore(MOST_WAITING_BYTES);
    private final ExecutorService answers;
    private final Thread thread;
    private final Timer commits;
    private final DistributionSummary sizes;
    private volatile Consumer<Set<Integer>> listener = lanes -> {};
    private volatile boolean closed;
    private boolean away;
    private boolean last;

    private record Waiting(Arrival arrival, CompletableFuture<Receipt> receipt) {
        int bytes() {
            return arrival.body().length + arrival.headers().length();
        }
    }

    GroupCommit(Database database, ThreadFactory threads, MeterRegistry meters) {
        this.database = database;
        commits = Timer.builder("mxhooks.inbox.commit")
                .description("Time that a commit of a group of deliveries took, with its sync to disk")
                .serviceLevelObjectives(COMMIT_TIMES)
                .register(meters);
        sizes = DistributionSummary.builder("mxhooks.inbox.commit.deliveries")
                .description("Deliveries that a commit carried, duplicates too")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, MOST_IN_A_GROUP)
                .register(meters);
        Gauge.builder("mxhooks.inbox.waiting.deliveries", queue, Queue::size)
                .description("Deliveries that wait to be written; at %s more are refused".formatted(MOST_WAITING))
                .register(meters);
        writer = new LogWriter(database);
        answers = Executors.newFixedThreadPool(ANSWERING_THREADS, threads);
        thread = threads.newThread(this::write);
        thread.setName("mxhooks-inbox");
        thread.start();
    }

    CompletionStage<Receipt> append(Arrival arrival) {
        if (closed) {
            return unavailable("the server is stopping");
        }
        if (!database.isOpen()) {
            return unavailable("the database is away");
        }
        Waiting waiting = new Waiting(arrival, new CompletableFuture<>());
        if (!bytes.tryAcquire(waiting.bytes())) {
            return unavailable("too many deliveries wait to be written");
        }
        waiting.receipt().whenComplete((receipt, fault) -> bytes.release(waiting.bytes()));
        if (!queue.offer(waiting)) {
            waiting.receipt().complete(new Receipt.Unavailable("too many deliveries wait to be written"));
        }
        if (closed && queue.remove(waiting)) {
            waiting.receipt().complete(new Receipt.Unavailable("the server is stopping"));
        }
        return waiting.receipt();
    }

    /** Has the writer commit a group of nothing, behind the one it is at; completes with whether it could. */
    CompletionStage<Boolean> check() {
        CompletableFuture<Boolean> check = new CompletableFuture<>();
        if (!database.isOpen()) {
            check.complete(false);
            return check;
        }
        checks.add(check);
        queue.offer(CHECK); // where the queue is full the writer is awake
        if (closed) {
            abandonChecks();
        }
        return check;
    }

    void onCommit(Consumer<Set<Integer>> listener) {
        this.listener = listener;
    }

    @Override
    public void close() {
        closed = true;
        try {
            queue.put(LAST);
            thread.join(STOP_WITHIN.toMillis());
            abandonQueue();
            answers.shutdown();
            if (!answers.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(WARNING, "Answers to senders are still being written at shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No fault ends it but the node's end: nobody else would ever write. */
    private void write() {
        List<Waiting> group = new ArrayList<>(MOST_IN_A_GROUP);
        Throwable fault = null;
        while (!last || !group.isEmpty()) {
            try {
                if (fault == null) {
                    writeNext(group);
                } else {
                    LockSupport.parkNanos(FIRST_BREATH.toNanos());
                    recover(group, fault);
                    fault = null;
                }
            } catch (InterruptedException | RuntimeException | Error e) {
                fault = e; // where memory is short even a log entry may be too much: it is made at the next turn
            }
        }
        closeConnection();
    }

    private void writeNext(List<Waiting> group) throws InterruptedException {
        group.add(queue.take());
        queue.drainTo(group, MOST_IN_A_GROUP - 1);
        last |= group.remove(LAST);
        group.removeIf(CHECK::equals);
        keep(List.copyOf(group));
        group.clear();
        answerChecks();
    }

    /** Whether their group was committed is unknown here: who is told to send again is a duplicate then. */
    private void recover(List<Waiting> group, Throwable fault) {
        for (Waiting waiting : group) {
            waiting.receipt().complete(FAILED);
        }
        group.clear();
        abandonChecks();
        closeConnection();
        if (fault instanceof InterruptedException && isShutDown()) {
            closed = true;
            last = true;
            abandonQueue();
        } else {
            LOG.log(ERROR, "The inbox's writer met a fault; its group was refused and the next is written", fault);
        }
    }

    /** Whether the server, whose thread this is, wants it to end. */
    private static boolean isShutDown() {
        return Thread.currentThread() instanceof ManageableThread managed && managed.isShutdown();
    }

    private void keep(List<Waiting> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            long begin = System.nanoTime();
            List<Receipt> receipts = appendRepeatedly(group);
            commits.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
            sizes.record(group.size());
            answer(group, receipts);
            back();
            listener.accept(lanesOf(group));
        } catch (SQLException e) {
            if (isAboutData(e)) {
                bisect(group, e);
            } else {
                away(e);
                answer(group, "the database is away");
            }
        }
    }

    /** Only those that were asked before the answer was found. */
    private void answerChecks() {
        List<CompletableFuture<Boolean>> asked = List.copyOf(checks);
        if (!asked.isEmpty()) {
            boolean writes = canWrite();
            asked.forEach(check -> check.completeAsync(constant(writes), answers));
            checks.removeAll(asked); // at last: where a fault comes in between they are still there to be answered
        }
    }

    private boolean canWrite() {
        try {
            appendRepeatedly(List.of());
            back();
            return true;
        } catch (SQLException e) {
            away(e);
            return false;
        }
    }

    private static Set<Integer> lanesOf(List<Waiting> group) {
        return group.stream().map(waiting -> waiting.arrival().lane()).collect(Collectors.toSet());
    }

    /**
     * Repeats what deadlocked with another node or timed out on its lock, after a breath that lets the other get ahead.
     */
    private List<Receipt> appendRepeatedly(List<Waiting> group) throws SQLException {
        List<Arrival> arrivals = group.stream().map(Waiting::arrival).toList();
        for (int repeat = 0; ; repeat++) {
            try {
                return writer.append(arrivals);
            } catch (SQLException e) {
                if (!isRepeatable(e) || repeat == MOST_REPEATS) {
                    throw e;
                }
                LockSupport.parkNanos(FIRST_BREATH.toNanos() << repeat);
            }
        }
    }

    /** One that the database refuses must not take others with it. */
    private void bisect(List<Waiting> group, SQLException cause) {
        if (group.size() == 1) {
            Arrival arrival = group.get(0).arrival();
            LOG.log(
                    ERROR,
                    "The database refuses a delivery on endpoint {0}, the portal''s {1}, with identity {2}, SQLSTATE {3};"
                            + " its sender was told to send it again",
                    arrival.endpoint(),
                    arrival.attributes().portalId().orElse("without id"),
                    arrival.identity().value(),
                    cause.getSQLState());
            answer(group, "the database refuses the delivery");
            return;
        }
        int half = group.size() / 2;
        keep(group.subList(0, half));
        keep(group.subList(half, group.size()));
    }

    private void away(SQLException cause) {
        if (!away) {
            LOG.log(WARNING, "The inbox cannot write, senders get 503 until it can: {0}", withoutData(cause));
            away = true;
        }
        closeConnection();
    }

    private void closeConnection() {
        try {
            writer.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "The broken connection did not close", e);
        }
    }

    private void back() {
        if (away) {
            LOG.log(INFO, "Inbox recovered; accepting deliveries");
            away = false;
        }
    }

    private void answer(List<Waiting> group, List<Receipt> receipts) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).receipt().completeAsync(constant(receipts.get(i)), answers);
        }
    }

    private void answer(List<Waiting> group, String unavailable) {
        Receipt receipt = new Receipt.Unavailable(unavailable);
        group.forEach(waiting -> waiting.receipt().completeAsync(constant(receipt), answers));
    }

    private void abandonQueue() {
        for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.receipt().complete(new Receipt.Unavailable("the server is stopping"));
        }
        abandonChecks();
    }

    private void abandonChecks() {
        for (CompletableFuture<Boolean> check = checks.poll(); check != null; check = checks.poll()) {
            check.complete(false);
        }
    }

    private static <T> Supplier<T> constant(T value) {
        return () -> value;
    }

    private static CompletionStage<Receipt> unavailable(String reason) {
        return CompletableFuture.completedStage(new Receipt.Unavailable(reason));
    }

    /** The innermost message: the outer ones quote the statement with the delivery in it. */
    private static String withoutData(SQLException e) {
        Throwable innermost = e;
        while (innermost.getCause() instanceof SQLException cause) {
            innermost = cause;
        }
        return "%s (SQLSTATE %s)".formatted(innermost.getMessage(), e.getSQLState());
    }

    /** SQLSTATE class 40: transaction rollback; 55P03 and HYT00: lock not available in time. */
    private static boolean isRepeatable(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("40") || state.equals("55P03") || state.equals("HYT00");
    }

    /** SQLSTATE classes 22, data exception, and 23, integrity constraint violation. */
    private static boolean isAboutData(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
    }
}
