package org.mxhooks.portal;

import java.util.List;

/** An alert, or that what it was about has recovered. */
record PortalAlert(String id, String severity, String service, String environment, String message) {

    static final String WARNING = "Warning";
    static final String CRITICAL = "Critical";
    static final String RECOVERY = "Recovery";
    static final List<String> SEVERITIES = List.of("Ok", WARNING, CRITICAL, RECOVERY);

    String environmentId(PortalApp app) {
        return Person.uuid("environment %s %s".formatted(app.id(), environment));
    }
}
