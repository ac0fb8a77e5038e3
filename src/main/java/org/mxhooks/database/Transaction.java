package org.mxhooks.database;

import static java.lang.System.Logger.Level.WARNING;
import static java.lang.Thread.currentThread;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;

/**
 * Runs work in a JTA transaction of its own on the calling thread.
 *
 * @param jta the server's
 * @param timeout after which the server rolls back, in whole seconds
 */
public record Transaction(UserTransaction jta, Duration timeout) {

    private static final System.Logger LOG = System.getLogger(Transaction.class.getName());

    /** Work that may throw any exception. */
    public interface Work {
        void run() throws Exception;
    }

    /**
     * Commits when the work returns, rolls back when it throws anything.
     *
     * @throws Exception what the work threw, or why there was no commit
     */
    public void run(Work work) throws Exception {
        try {
            jta.setTransactionTimeout((int) timeout.toSeconds());
            jta.begin();
            runWatched(work);
        } finally {
            resetTimeout();
        }
    }

    private void runWatched(Work work) throws Exception {
        try (SqlFailures failures = SqlFailures.watch()) {
            run(work, failures);
        }
    }

    private void run(Work work, SqlFailures failures) throws Exception {
        try {
            work.run();
            jta.commit();
        } catch (Throwable failure) {
            RootCause.addTo(failure, failures.last());
            rollBack(failure);
            throw failure;
        }
    }

    /**
     * Who wrote in the thread's transaction is done with that: statements that failed up to now are no cause of a
     * failure from now on.
     *
     * @throws RollbackException if the transaction can only be rolled back, because it was marked
     */
    public void demandCommittable() throws RollbackException, SystemException {
        if (jta.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
            throw new RollbackException("the transaction was marked for rollback");
        }
        SqlFailures.forget();
    }

    /** The thread would keep it, and end the transactions of whom the server lends the thread to next. */
    private void resetTimeout() {
        try {
            jta.setTransactionTimeout(0);
        } catch (SystemException | RuntimeException e) {
            LOG.log(
                    WARNING,
                    "Transaction time-out of thread {0} cannot be reset, stays {1}: {2}",
                    currentThread().getName(),
                    timeout,
                    e);
        }
    }

    private void rollBack(Throwable cause) {
        try {
            if (jta.getStatus() != Status.STATUS_NO_TRANSACTION) {
                jta.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
