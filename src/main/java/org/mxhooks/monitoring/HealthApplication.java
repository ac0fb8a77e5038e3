package org.mxhooks.monitoring;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.mxhooks.web.ApplicationDefaults;

/** Health checks for load balancers and orchestrators. */
@ApplicationPath("health")
public class HealthApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return ApplicationDefaults.classes(Health.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return ApplicationDefaults.properties();
    }
}
