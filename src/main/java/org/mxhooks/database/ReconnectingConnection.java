package org.mxhooks.database;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pooled connection that survives restarts of its database. It connects on first use, so that a server can deploy
 * while the database is unavailable: EclipseLink fetches a connection during its start. Servers configure the
 * validation of pools differently; therefore, outside a transaction, a connection that was idle for a second is
 * validated before use and reopened if it is broken; a connection to the embedded database always, because it does not
 * detect that a fault has closed the database. Inside a transaction it never changes: there a failure is reported to
 * the caller. A transaction that is {@linkplain #cut cut} can only be rolled back.
 *
 * <p>It belongs to the thread that works for a consumer and used it last: in a transaction until that ends, else until
 * the pool hands it to another thread, which shows with its next use.
 */
final class ReconnectingConnection implements InvocationHandler, ConsumerConnections.Lent, ConnectionLimit.Holder {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int CHECK_TIMEOUT_SECONDS = 5;
    private static final String CONNECTION_FAILURE = "08006";

    private final Driver driver;
    private final ConnectionLimit limit;
    private final AtomicBoolean counted = new AtomicBoolean();
    private final ReentrantLock inUse = new ReentrantLock();

    /** Those that may be open. */
    private final Queue<Reference<Statement>> statements = new ConcurrentLinkedQueue<>();

    private final Object ownership = new Object();
    private volatile Connection connection;
    private volatile ConsumerConnections owner;
    private volatile boolean isCut;

    /** Was cut, and is not to be used again. */
    private volatile boolean stale;

    private volatile boolean inTransaction;
    private volatile boolean committing;

    /** A transaction could be neither committed nor rolled back; who uses the connection next begins anew. */
    private boolean failedToEnd;

    private boolean closed;
    private long usedAt;

    private ReconnectingConnection(Driver driver, ConnectionLimit limit) {
        this.driver = driver;
        this.limit = limit;
    }

    static Connection of(Driver driver, ConnectionLimit limit) {
        return (Connection) Proxy.newProxyInstance(
                ReconnectingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new ReconnectingConnection(driver, limit));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> connection == null ? "no connection yet" : connection.toString();
            case "isClosed" -> closed;
            case "setClientInfo" -> used(() -> setClientInfo(method, arguments));
            case "close" -> close();
            case "setAutoCommit" -> used(() -> setAutoCommit((boolean) arguments[0]));
            case "getAutoCommit" -> !inTransaction;
            case "commit" -> ending(() -> commit(method, arguments));
            case "rollback" -> arguments == null ? ending(() -> rollback(method)) : rollback(method, arguments);
            case "clearWarnings", "getWarnings" ->
                used(() -> connection == null || isCut ? null : pass(connection, method, arguments));
            case "getTransactionIsolation" ->
                used(() -> connection == null
                        ? Connection.TRANSACTION_READ_COMMITTED
                        : pass(connection, method, arguments));
            default -> used(() -> track(pass(connected(), method, arguments)));
        };
    }

    private interface Use {
        Object run() throws Throwable;
    }

    /** Nobody takes the connection away meanwhile. */
    private Object used(Use use) throws Throwable {
        inUse.lock();
        try {
            return use.run();
        } finally {
            inUse.unlock();
        }
    }

    private Object track(Object result) {
        if (result instanceof Statement statement) {
            statements.add(new WeakReference<>(statement));
        }
        return result;
    }

    /**
     * Closes the connection if it only rests in the pool, for another that has none: the pool may hand out that one
     * again and again while all that are open rest. Whoever gets this one next opens it anew.
     */
    @Override
    public boolean closeIfIdle() throws SQLException {
        if (!inUse.tryLock()) {
            return false;
        }
        try {
            boolean idle = connection != null && counted.get() && !inTransaction && !isCut && !hasOpenStatement();
            if (idle) {
                discard();
            }
            return idle;
        } finally {
            inUse.unlock();
        }
    }

    private boolean hasOpenStatement() {
        statements.removeIf(ReconnectingConnection::isOver);
        return !statements.isEmpty();
    }

    private static boolean isOver(Reference<Statement> reference) {
        try {
            Statement statement = reference.get();
            return statement == null || statement.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private static Object pass(Connection connection, Method method, Object[] arguments) throws Throwable {
        Object result = WatchedStatement.pass(connection, method, arguments);
        return result instanceof Statement statement && SqlFailures.isWatching()
                ? WatchedStatement.of(statement, method.getReturnType())
                : result;
    }

    private Object close() throws SQLException {
        closed = true;
        leave();
        Connection open = connection; // without waiting for whoever uses it
        if (open != null) {
            uncount();
            open.close();
        }
        return null;
    }

    /**
     * Ends a transaction, also where its commit or rollback fails: Payara hands the connection on as it is then, to
     * whoever has no transaction and would work in one that nobody commits. Who manages the transaction himself has to
     * roll back before going on.
     */
    private Object ending(Use end) throws Throwable {
        try {
            return end.run();
        } catch (Throwable e) {
            if (inTransaction) {
                dropTransaction(e);
            }
            throw e;
        }
    }

    private void dropTransaction(Throwable cause) {
        try {
            if (leave() || !rollsBack(cause)) {
                discard();
            }
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        } finally {
            inTransaction = false;
            failedToEnd = true;
        }
    }

    private boolean rollsBack(Throwable cause) {
        try {
            if (connection != null) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return true;
        } catch (SQLException e) {
            cause.addSuppressed(e);
            return false;
        }
    }

    private Object commit(Method method, Object[] arguments) throws Throwable {
        requireNotCut();
        committing = true;
        try {
            return connection == null ? null : pass(connection, method, arguments);
        } finally {
            committing = false;
        }
    }

    private Object rollback(Method method) throws Throwable {
        if (failedToEnd) { // by whoever began the transaction without a server, and may go on with another
            failedToEnd = false;
            inTransaction = true;
            if (connection != null) {
                connection.setAutoCommit(false);
            }
        }
        return rollback(method, null);
    }

    private Object rollback(Method method, Object[] toSavepoint) throws Throwable {
        return connection == null || isCut ? null : pass(connection, method, toSavepoint);
    }

    /** Servers begin a transaction with false and end it with true. */
    private Object setAutoCommit(boolean autoCommit) throws SQLException {
        failedToEnd = false;
        boolean begins = !autoCommit && !inTransaction;
        boolean wasCut = leave();
        if (connection != null && (wasCut || stale || (begins ? isBroken() : connection.isClosed()))) {
            discard();
        }
        inTransaction = !autoCommit;
        if (connection != null) {
            connection.setAutoCommit(autoCommit);
        }
        return null;
    }

    /**
     * Does not connect: client info is only a hint of the server, which would log an exception for each use while the
     * database is unavailable.
     */
    private Object setClientInfo(Method method, Object[] arguments) throws Throwable {
        try {
            if (connection != null && !inTransaction && isBroken()) {
                discard();
            }
            return connection == null ? null : pass(connection, method, arguments);
        } catch (SQLClientInfoException e) {
            throw e;
        } catch (SQLException e) {
            throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), e.getErrorCode(), Map.of(), e);
        }
    }

    private void requireNotCut() throws SQLException {
        if (isCut) {
            throw new SQLException("the call took too long: its database connection was cut", CONNECTION_FAILURE);
        }
    }

    @Override
    public boolean isHeld() {
        boolean isGone = isCut && !counted.get();
        return connection != null && !isGone && (inTransaction || hasOpenStatement());
    }

    @Override
    public boolean isInUse() {
        return isHeld() || inUse.isLocked();
    }

    @Override
    public boolean isInTransaction() {
        return inTransaction;
    }

    @Override
    public boolean isCommitting() {
        return committing;
    }

    /**
     * Ends the connection to PostgreSQL under another thread, so that nobody waits for its locks, or its place, for
     * longer than PostgreSQL takes to notice: a second while a statement runs, from PostgreSQL 14. In a transaction
     * that thread can only roll back. An embedded database has no connection that could be cut, and one of the server's
     * own data source may wait for the very call that hangs: there nothing is freed before the thread returns. Returns
     * at once: to close an encrypted connection may wait for a thread that writes into it.
     */
    @Override
    public void cut(ConsumerConnections of) throws SQLException {
        synchronized (ownership) { // nobody takes it over meanwhile
            if (owner == of && !driver.settings().embedded()) {
                isCut = true;
                abort(connection);
            }
        }
    }

    private void abort(Connection open) throws SQLException {
        if (driver.settings().jndi().isPresent()) {
            return;
        }
        uncount(); // else calls that hang would use up the places of others
        if (open != null) {
            open.abort(ReconnectingConnection::beside);
        }
    }

    /** A transaction that did not end stays the call's. */
    @Override
    public void endLoan(ConsumerConnections to) {
        synchronized (ownership) {
            if (owner == to && !inTransaction) {
                stale |= leave();
            }
        }
    }

    /** Returns whether it was cut. */
    private boolean leave() {
        synchronized (ownership) {
            boolean wasCut = isCut;
            if (owner != null) {
                owner.remove(this);
                limit.takeBack(this);
            }
            owner = null;
            isCut = false;
            return wasCut;
        }
    }

    private void belongToCaller() throws SQLException {
        ConsumerConnections caller = ConsumerConnections.current().orElse(null);
        if (caller == owner || inTransaction && owner != null) {
            return;
        }
        if (leave()) {
            discard();
        }
        if (caller != null) {
            belongTo(caller);
        }
    }

    private void belongTo(ConsumerConnections caller) throws SQLException {
        owner = caller; // first: what is cut from now on has it
        try {
            caller.add(this);
            if (!driver.settings().embedded()) {
                limit.lend(this, caller);
            }
        } catch (SQLException e) {
            stale |= leave();
            throw e;
        }
    }

    private static void beside(Runnable closing) {
        Thread thread = new Thread(closing, "mxhooks-cut");
        thread.setDaemon(true);
        thread.start();
    }

    private Connection connected() throws SQLException {
        failedToEnd = false;
        belongToCaller();
        requireNotCut();
        if (connection != null && !inTransaction && isBroken()) {
            discard();
        }
        if (connection == null) {
            connection = connect();
            connection.setAutoCommit(!inTransaction);
            discardIfCut();
        }
        statements.removeIf(ReconnectingConnection::isOver);
        usedAt = System.nanoTime();
        return connection;
    }

    /** Where it was cut while it was not there yet. */
    private void discardIfCut() throws SQLException {
        if (isCut) {
            discard();
        }
        requireNotCut();
    }

    private boolean isBroken() throws SQLException {
        boolean trusted = !driver.settings().embedded() && System.nanoTime() - usedAt <= TRUSTED_FOR.toNanos();
        return stale || connection.isClosed() || !trusted && !connection.isValid(CHECK_TIMEOUT_SECONDS);
    }

    /** The embedded database has no server whose connections could be used up. */
    private Connection connect() throws SQLException {
        if (driver.settings().embedded()) {
            return driver.connect();
        }
        limit.acquire(this);
        counted.set(true);
        try {
            return driver.connect();
        } catch (SQLException | RuntimeException | Error e) {
            uncount();
            throw e;
        }
    }

    private void uncount() {
        if (counted.compareAndSet(true, false)) {
            limit.release(this);
        }
    }

    private void discard() throws SQLException {
        uncount();
        statements.clear();
        Connection open = connection;
        connection = null;
        stale = false;
        if (open != null) {
            open.close();
        }
    }
}
