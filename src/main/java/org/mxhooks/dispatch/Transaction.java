package org.mxhooks.dispatch;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** Runs work in a JTA transaction of its own on the calling thread. */
record Transaction(UserTransaction jta) {

    /** What may fail in any way. */
    interface Work {
        void run() throws Exception;
    }

    /**
     * Commits when the work returns, rolls back when it throws anything.
     *
     * @throws Exception what the work threw, or why there was no commit
     */
    void run(Work work) throws Exception {
        jta.begin();
        try {
            work.run();
            jta.commit();
        } catch (Throwable failure) {
            rollBack(failure);
            throw failure;
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
