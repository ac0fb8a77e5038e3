package org.mxhooks.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.Settings;

/** Endpoints without a server, for the tests of those that ask for them. */
public final class TestEndpoints {

    private TestEndpoints() {}

    public static Endpoints of(Settings settings, Inbox inbox, MeterRegistry meters) {
        return Endpoints.of(settings, inbox, meters);
    }
}
