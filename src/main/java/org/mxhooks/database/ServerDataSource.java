package org.mxhooks.database;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * A data source that the server has. Pool, credentials and their rotation are the server's. It takes no part in JTA
 * transactions: mxhooks' own data source ({@link Database#DATA_SOURCE}), which does, borrows from it.
 *
 * @param jndi its name
 */
record ServerDataSource(String jndi) {

    private static final String TRANSACTION = "java:comp/UserTransaction";

    Connection connect() throws SQLException {
        return lookup().getConnection();
    }

    /** Looked up each time, because an administrator may replace it. */
    private DataSource lookup() throws SQLException {
        try {
            if (InitialContext.doLookup(jndi) instanceof DataSource dataSource) {
                return dataSource;
            }
            throw new SQLException("mxhooks.database.jndi names %s, which is not a data source".formatted(jndi));
        } catch (NamingException e) {
            throw new SQLException(
                    "The server has no data source %s; define it, or correct mxhooks.database.jndi: %s"
                            .formatted(jndi, e),
                    e);
        }
    }

    /** @throws UnsuitableDatabase if its connections join the JTA transaction of their thread */
    void requireNonJta() throws SQLException {
        try {
            UserTransaction transaction = InitialContext.doLookup(TRANSACTION);
            transaction.begin();
            try (Connection connection = connect()) {
                if (!connection.getAutoCommit()) {
                    throw new UnsuitableDatabase(
                            "The data source %s of mxhooks.database.jndi joins JTA transactions; define it without (WildFly: jta=false; Payara: --nontransactionalconnections=true)"
                                    .formatted(jndi));
                }
            } finally {
                transaction.rollback();
            }
        } catch (NamingException | NotSupportedException | SystemException e) {
            throw new SQLException("No JTA transaction to check the data source %s in: %s".formatted(jndi, e), e);
        }
    }
}
