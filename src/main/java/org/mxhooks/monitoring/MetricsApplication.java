package org.mxhooks.monitoring;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.mxhooks.access.AuditFilter;
import org.mxhooks.access.UserFilter;
import org.mxhooks.web.ApplicationDefaults;

/** Metrics for Prometheus and similar scrapers, which log in as a user of the operator's API. */
@ApplicationPath("metrics")
public class MetricsApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return ApplicationDefaults.classes(Metrics.class, UserFilter.class, AuditFilter.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return ApplicationDefaults.properties();
    }
}
