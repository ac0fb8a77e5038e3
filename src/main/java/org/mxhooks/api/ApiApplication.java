package org.mxhooks.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.mxhooks.access.AuditFilter;
import org.mxhooks.access.UserFilter;
import org.mxhooks.web.ApplicationDefaults;
import org.mxhooks.web.JsonOnlyFilter;

/** The operator's API, apart from what a reverse proxy publishes. */
@ApplicationPath("api/v1")
public class ApiApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return ApplicationDefaults.classes(
                AlarmResource.class,
                Alerts.class,
                AppExportResource.class,
                Apps.class,
                AuditFilter.class,
                Consumers.class,
                DeadLetters.class,
                Deliveries.class,
                Endpoints.class,
                JsonOnlyFilter.class,
                OpenApi.class,
                OrderResource.class,
                Packages.class,
                PrivacyResource.class,
                Pushes.class,
                RefusedRequests.class,
                SubscriptionResource.class,
                UserFilter.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return ApplicationDefaults.properties();
    }
}
