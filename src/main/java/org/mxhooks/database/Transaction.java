package org.mxhooks.database;

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

    /** What may fail in any way. */
    public interface Work {
        void run() throws Exception;
    }

    /**
     * Commits when the work returns, rolls back when it throws anything.
     *
     * @throws Exception what the work threw, or why there was no commit
     */
    public void run(Work work) throws Exception {
        jta.setTransactionTimeout((int) timeout.toSeconds());
        jta.begin();
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

    /** @throws RollbackException if the thread's transaction can only be rolled back, because somebody marked it so */
    public void demandCommittable() throws RollbackException, SystemException {
        if (jta.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
            throw new RollbackException("the transaction was marked for rollback");
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
