package org.mxhooks.database;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Records failures of pooled connections while a thread watches. A container that marks a transaction for rollback
 * drops the reason: JPA where the exception was caught, Payara where a commit failed.
 */
final class SqlFailures implements AutoCloseable {

    /** Removed when the watch ends: a server's thread outlives the deployment. */
    private static final ThreadLocal<SqlFailures> WATCH = new ThreadLocal<>();

    /** PostgreSQL refuses every statement after the one that failed (25P02, in_failed_sql_transaction). */
    private static final String CONSEQUENCE = "25P02";

    private SQLException last;

    private SqlFailures() {}

    /** Begins to watch the calling thread, until this is closed. */
    static SqlFailures watch() {
        SqlFailures watch = new SqlFailures();
        WATCH.set(watch);
        return watch;
    }

    /** The last failure that is not a mere consequence of another. */
    Optional<SQLException> last() {
        return Optional.ofNullable(last);
    }

    /** What failed up to now was handled. */
    static void forget() {
        SqlFailures watch = WATCH.get();
        if (watch != null) {
            watch.last = null;
        }
    }

    static boolean isWatching() {
        return WATCH.get() != null;
    }

    static void record(Throwable thrown) {
        SqlFailures watch = WATCH.get();
        if (watch != null && thrown instanceof SQLException failure) {
            watch.add(failure);
        }
    }

    private void add(SQLException failure) {
        if (last == null || !CONSEQUENCE.equals(failure.getSQLState())) {
            last = failure;
        }
    }

    @Override
    public void close() {
        WATCH.remove();
    }
}
