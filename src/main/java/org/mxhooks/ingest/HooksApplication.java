package org.mxhooks.ingest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.mxhooks.web.ApplicationDefaults;

/** The application for senders, which a reverse proxy can publish alone. */
@ApplicationPath("hooks")
public class HooksApplication extends Application {

    /** Jersey takes a buffer for each answer, of 8 KiB by default; one that is larger is sent in chunks. */
    private static final int MAX_ANSWER = 1024;

    @Override
    public Set<Class<?>> getClasses() {
        return ApplicationDefaults.classes(Hooks.class, SignatureFilter.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        Map<String, Object> properties = new HashMap<>(ApplicationDefaults.properties());
        properties.put("jersey.config.contentLength.buffer", MAX_ANSWER);
        return properties;
    }
}
