package org.mxhooks.monitoring;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mxhooks.web.Problem;

/** What load balancers and orchestrators ask. */
@ApplicationPath("health")
public class HealthApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Problem.mappers());
        classes.add(Health.class);
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Problem.applicationProperties();
    }
}
