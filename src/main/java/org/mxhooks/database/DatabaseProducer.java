package org.mxhooks.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mxhooks.settings.Settings;

@ApplicationScoped
class DatabaseProducer {

    @Produces
    @Singleton
    Database database(Settings settings) {
        return new Database(settings.database());
    }
}
