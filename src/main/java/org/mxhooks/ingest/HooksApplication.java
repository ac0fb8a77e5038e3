package org.mxhooks.ingest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.mxhooks.web.ApplicationDefaults;

/** The application for senders, which a reverse proxy can publish alone. */
@ApplicationPath("hooks")
public class HooksApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return ApplicationDefaults.classes(Hooks.class, SignatureFilter.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return ApplicationDefaults.properties();
    }
}
