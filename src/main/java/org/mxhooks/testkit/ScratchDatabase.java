package org.mxhooks.testkit;

import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.EmbeddedDriver;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.DatabaseSettings;

/** An in-memory database with mxhooks' tables, whose connections join JTA transactions. */
final class ScratchDatabase implements AutoCloseable {

    private static final String USER = "sa";

    private final Database database;
    private final AgroalDataSource dataSource;
    private final Inbox inbox;

    static {
        // Nothing is recovered, so no transaction log on disk is needed.
        arjPropertyManager.getObjectStoreEnvironmentBean().setObjectStoreType(VolatileStore.class.getName());
        arjPropertyManager.getCoordinatorEnvironmentBean().setTransactionStatusManagerEnable(false);
    }

    ScratchDatabase() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        database = new Database(
                new DatabaseSettings(url + ";DB_CLOSE_DELAY=-1", Optional.of(USER), Optional.empty(), true));
        try {
            database.migrate();
            database.open();
            dataSource = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(8)
                            .transactionIntegration(new NarayanaTransactionIntegration(
                                    TransactionManager.transactionManager(),
                                    new TransactionSynchronizationRegistryImple()))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                    .connectionProviderClass(EmbeddedDriver.class)
                                    .principal(new NamePrincipal(USER)))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        inbox = new Inbox(database, dataSource, Executors.defaultThreadFactory(), new SimpleMeterRegistry());
    }

    DataSource dataSource() {
        return dataSource;
    }

    Inbox inbox() {
        return inbox;
    }

    UserTransaction transaction() {
        return com.arjuna.ats.jta.UserTransaction.userTransaction();
    }

    @Override
    public void close() {
        inbox.close();
        dataSource.close();
        try (Connection last = database.connect();
                Statement statement = last.createStatement()) {
            statement.execute("shutdown"); // DB_CLOSE_DELAY keeps it open without connections
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
