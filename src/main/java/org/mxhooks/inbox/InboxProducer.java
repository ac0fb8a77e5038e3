package org.mxhooks.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.mxhooks.database.Database;

@ApplicationScoped
class InboxProducer {

    @Resource
    ManagedThreadFactory threads;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Produces
    @Singleton
    Inbox inbox(Database database, MeterRegistry meters) {
        return new Inbox(database, dataSource, threads, meters);
    }

    /** Static: at that time WildFly has destroyed the producer already. */
    static void stop(@Disposes Inbox inbox) {
        inbox.close();
    }
}
