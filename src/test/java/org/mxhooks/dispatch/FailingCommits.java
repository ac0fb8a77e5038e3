package org.mxhooks.dispatch;

import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Transactions that the database rolls back when they are committed. */
final class FailingCommits {

    private final UserTransaction real;
    private final String state;
    private final Set<Thread> failing = ConcurrentHashMap.newKeySet();

    /** @param state the SQLSTATE with which commits fail */
    FailingCommits(UserTransaction real, String state) {
        this.real = real;
        this.state = state;
    }

    /** The next commit of the calling thread fails. */
    void failNext() {
        failing.add(Thread.currentThread());
    }

    UserTransaction transaction() {
        return (UserTransaction) Proxy.newProxyInstance(
                FailingCommits.class.getClassLoader(),
                new Class<?>[] {UserTransaction.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && failing.remove(Thread.currentThread())) {
                        real.rollback();
                        throw (RollbackException) new RollbackException("the commit failed")
                                .initCause(new SQLException("failed on purpose", state));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
