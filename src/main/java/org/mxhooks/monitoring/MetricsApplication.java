package org.mxhooks.monitoring;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mxhooks.api.AuditFilter;
import org.mxhooks.api.UserFilter;
import org.mxhooks.web.Problem;

/** What Prometheus and its like ask, as a user of the operator's API. */
@ApplicationPath("metrics")
public class MetricsApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Problem.mappers());
        classes.add(Metrics.class);
        classes.add(UserFilter.class);
        classes.add(AuditFilter.class);
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Problem.applicationProperties();
    }
}
