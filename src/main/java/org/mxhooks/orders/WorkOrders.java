package org.mxhooks.orders;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.database.Transaction;

/**
 * The orders of operators, on any node for all nodes. Orders are given, started and cancelled in the caller's
 * transaction, or take effect at once where there is none.
 */
@ApplicationScoped
public class WorkOrders {

    private static final System.Logger LOG = System.getLogger(WorkOrders.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final int MAX_OPEN = 100;
    private static final String FAILED = "The last step failed and is repeated; its cause is in the server's log.";
    private static final String UNTENDED =
            "A node cannot do its part and repeats it each second; the cause is in that server's log.";
    private static final System.Logger AUDIT = System.getLogger("org.mxhooks.audit");

    /** What operators wrote, as an erasure goes through it. */
    public static final List<TextTable> TEXTS =
            List.of(TextTable.of("orders of operators", "work_order", "id uuid", "details", "progress"));

    @Resource
    UserTransaction jta;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    @Any
    Instance<OrderKind> offered;

    private final Map<UUID, Long> failedAt = new ConcurrentHashMap<>();
    LongSupplier nanoTime = System::nanoTime;
    private final RareWarnings steps = new RareWarnings(() -> this.nanoTime.getAsLong());
    private final RareWarnings untended = new RareWarnings(() -> this.nanoTime.getAsLong());
    private final Semaphore given = new Semaphore(0);
    private Iterable<OrderKind> kinds;
    private OrderTable table;
    private Transaction transaction;

    /** For programs without a container. */
    public static WorkOrders of(DataSource dataSource, UserTransaction jta, List<OrderKind> kinds) {
        WorkOrders orders = new WorkOrders();
        orders.dataSource = dataSource;
        orders.jta = jta;
        orders.open(kinds);
        return orders;
    }

    @PostConstruct
    void open() {
        open(offered);
    }

    private void open(Iterable<OrderKind> ofThisNode) {
        kinds = ofThisNode;
        table = new OrderTable(new Sql(dataSource));
        transaction = new Transaction(jta, TIMEOUT);
    }

    /**
     * Gives an order.
     *
     * @param kind name of its {@link OrderKind}
     * @param user who gives it
     * @param details what is to be done, for the kind
     * @param total how much there is to do, if that is known
     * @param state RUNNING, or WAITING for {@link #start}
     * @return its id
     * @throws TooManyOrders if 100 orders have not ended
     */
    public UUID give(String kind, String user, String details, OptionalLong total, OrderState state)
            throws SQLException {
        if (table.open() >= MAX_OPEN) {
            throw new TooManyOrders(MAX_OPEN);
        }
        UUID id = UUID.randomUUID();
        table.insert(id, kind, user, details, total, state);
        given.release();
        return id;
    }

    /** An order; empty if there is none. */
    public Optional<WorkOrder> find(UUID id) throws SQLException {
        return table.find(id);
    }

    /** The latest orders that were given before an instant, of a kind or of all, the newest first. */
    public List<WorkOrder> newest(Optional<String> kind, Instant before, int limit) throws SQLException {
        return table.newest(kind, before, limit);
    }

    /** Has nodes work on an order that waits for it; returns false if it does not wait. */
    public boolean start(UUID id, String user) throws Exception {
        return change(id, order -> {
            boolean waits = order.state() == OrderState.WAITING;
            if (waits) {
                table.start(id, user);
                given.release();
            }
            return waits;
        });
    }

    /** Ends an order after the step that is under way; what is done stays done. Returns false if it has ended. */
    public boolean cancel(UUID id, String user) throws Exception {
        return cancel(id, Optional.of(user));
    }

    private boolean cancel(UUID id, Optional<String> user) throws Exception {
        return change(id, order -> {
            boolean open = !order.state().isEnded();
            if (open) {
                Optional<OrderKind> kind = kind(order);
                table.cancel(id, user, kind.isPresent() ? kind.get().afterwards(order) : order.details());
                if (kind.isPresent()) {
                    table.purge(order.kind(), kind.get().kept());
                }
            }
            return open;
        });
    }

    private interface Change {
        boolean apply(WorkOrder locked) throws SQLException;
    }

    private boolean change(UUID id, Change change) throws Exception {
        boolean[] changed = new boolean[1];
        transaction.run(() -> {
            Optional<WorkOrder> locked = table.lock(id);
            changed[0] = locked.isPresent() && change.apply(locked.get());
        });
        return changed[0];
    }

    /**
     * Does the next step of each running order that no other node has in hand.
     *
     * @return whether there may be more to do now
     */
    public boolean work() throws SQLException {
        boolean more = false;
        List<WorkOrder> running = table.running(MAX_OPEN);
        List<UUID> ids = running.stream().map(WorkOrder::id).toList();
        failedAt.keySet().retainAll(ids);
        steps.retain(ids);
        for (WorkOrder order : running) {
            Optional<OrderKind> kind = kind(order);
            more |= kind.isPresent() && !rests(order) && step(order, kind.get());
        }
        return more;
    }

    /** Returns when an order has been given or started on this node, or the time is over. */
    void await(Duration atMost) throws InterruptedException {
        if (given.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            given.drainPermits();
        }
    }

    /** Ends {@link #await}. */
    void wake() {
        given.release();
    }

    /**
     * Does what each node has to do for itself, and cancels the orders that nobody has started for a day. What fails is
     * tried again the next time, and keeps no other from it; the order says so meanwhile.
     */
    void tend() throws SQLException {
        List<WorkOrder> running = table.running(MAX_OPEN);
        List<WorkOrder> expired = table.expired(MAX_OPEN);
        untended.retain(Stream.of(running, expired)
                .flatMap(List::stream)
                .map(WorkOrder::id)
                .toList());
        for (WorkOrder order : running) {
            Optional<OrderKind> kind = kind(order);
            if (kind.isPresent()) {
                guard(order, () -> kind.get().tend(order));
            }
        }
        for (WorkOrder order : expired) {
            guard(order, () -> {
                if (cancel(order.id(), Optional.empty())) {
                    LOG.log(INFO, "Order {0} of {1} cancelled: not started for a day", order.id(), order.kind());
                }
            });
        }
    }

    private void guard(WorkOrder order, Transaction.Work work) throws SQLException {
        try {
            work.run();
        } catch (Exception | Error e) {
            if (untended.isDue(order.id())) {
                LOG.log(WARNING, "Order {0} ({1}) cannot be tended now: {2}", order.id(), order.kind(), cause(e));
            }
            if (!order.failure().equals(Optional.of(UNTENDED))) { // a step that others did has ended it
                table.fail(order.id(), UNTENDED);
            }
            return;
        }
        if (untended.isFailing(order.id())) {
            table.succeed(order.id(), UNTENDED);
            untended.succeeded(order.id());
        }
    }

    private Optional<OrderKind> kind(WorkOrder order) {
        for (OrderKind kind : kinds) {
            if (kind.name().equals(order.kind())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private boolean rests(WorkOrder order) {
        Long failed = failedAt.get(order.id());
        return failed != null && nanoTime.getAsLong() - failed < REST_AFTER_FAILURE.toNanos();
    }

    private boolean step(WorkOrder order, OrderKind kind) throws SQLException {
        boolean[] more = new boolean[1];
        try {
            transaction.run(() -> {
                Optional<WorkOrder> taken = table.take(order.id());
                if (taken.isPresent()) {
                    more[0] = step(kind, taken.get());
                }
            });
            failedAt.remove(order.id());
            steps.succeeded(order.id());
            return more[0];
        } catch (Exception | Error e) {
            failedAt.put(order.id(), nanoTime.getAsLong());
            if (steps.isDue(order.id())) {
                LOG.log(
                        WARNING,
                        "Step of order {0} ({1}) failed; retrying every {2} s: {3}",
                        order.id(),
                        order.kind(),
                        String.valueOf(REST_AFTER_FAILURE.toSeconds()),
                        cause(e));
            }
            table.fail(order.id(), FAILED);
            return false;
        }
    }

    private boolean step(OrderKind kind, WorkOrder taken) throws Exception {
        OrderStep step = kind.step(taken);
        if (!taken.isLeftBy(step) || taken.failure().equals(Optional.of(FAILED))) { // else why it waits stays
            table.keep(taken.id(), step);
        }
        if (step.state() == OrderState.DONE) {
            table.purge(taken.kind(), kind.kept());
            recordEnd(taken, step);
        }
        return step.state() == OrderState.RUNNING && !step.progress().equals(taken.progress());
    }

    /** Just before the commit: again if that fails, never not at all. */
    private static void recordEnd(WorkOrder order, OrderStep end) {
        AUDIT.log(
                INFO,
                "Order {0} ({1}) of {2} is done: {3}{4}",
                order.id(),
                order.kind(),
                order.orderedBy(),
                String.valueOf(end.done()),
                end.total().isPresent() ? " of " + end.total().getAsLong() : "");
    }

    /** A database's message may quote a row, and so a person. */
    private static String cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return "SQLSTATE " + sql.getSQLState();
            }
        }
        return failure.toString();
    }
}
