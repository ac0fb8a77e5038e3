package org.mxhooks.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mxhooks.web.Problem;

/** The operator's API, apart from what a reverse proxy publishes. */
@ApplicationPath("api/v1")
public class ApiApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Problem.mappers());
        classes.addAll(Set.of(
                Apps.class,
                AuditFilter.class,
                Consumers.class,
                DeadLetters.class,
                Deliveries.class,
                Endpoints.class,
                JsonOnlyFilter.class,
                OpenApi.class,
                UserFilter.class));
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Problem.applicationProperties();
    }
}
