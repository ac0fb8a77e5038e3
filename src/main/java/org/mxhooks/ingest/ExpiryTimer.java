package org.mxhooks.ingest;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.DEBUG;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;

/** Checks the expiry of webhooks versions periodically, even if no delivery arrives. */
@Singleton
@TransactionManagement(BEAN)
public class ExpiryTimer {

    private static final System.Logger LOG = System.getLogger(EndpointRegistry.class.getName());

    @Inject
    EndpointRegistry endpoints;

    private final ExpiryWarning warning = new ExpiryWarning(Clock.systemUTC());

    @Schedule(hour = "*", minute = "*", persistent = false)
    void look() {
        try {
            warning.look(endpoints.all());
        } catch (SQLException e) {
            LOG.log(DEBUG, "Checking the expiry of webhooks versions failed; retrying in 1 min: {0}", e.toString());
        }
    }
}
