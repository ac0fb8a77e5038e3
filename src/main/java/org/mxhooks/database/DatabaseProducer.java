package org.mxhooks.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.mxhooks.settings.Settings;

@ApplicationScoped
class DatabaseProducer {

    @Produces
    @Singleton
    Database database(Settings settings) {
        return new Database(settings.database());
    }

    /** Static: at that time WildFly has destroyed the producer already. */
    static void leave(@Disposes Database database) throws SQLException {
        Driver.deregister();
    }
}
