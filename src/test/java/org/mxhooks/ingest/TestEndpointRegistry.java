package org.mxhooks.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.Settings;

/** EndpointRegistry without a server, for the tests of those that ask for them. */
public final class TestEndpointRegistry {

    private TestEndpointRegistry() {}

    public static EndpointRegistry of(Settings settings, Inbox inbox, MeterRegistry meters) {
        return EndpointRegistry.of(settings, inbox, meters);
    }

    /** What endpoints refused, on a database. */
    public static RefusalLog refusals(DataSource dataSource, EndpointRegistry endpoints, Settings settings) {
        return RefusalLog.of(dataSource, endpoints, settings);
    }
}
