package org.mxhooks.ingest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mxhooks.web.Problem;

/** The part that a reverse proxy may publish alone. */
@ApplicationPath("hooks")
public class HooksApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Problem.mappers());
        classes.add(Hooks.class);
        classes.add(SignatureFilter.class);
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Problem.applicationProperties();
    }
}
