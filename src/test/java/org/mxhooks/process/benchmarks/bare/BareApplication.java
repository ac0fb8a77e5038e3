package org.mxhooks.process.benchmarks.bare;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Beside the WAR's own applications. */
@ApplicationPath(BareApplication.PATH)
public class BareApplication extends Application {

    public static final String PATH = "bare";

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(BareLoop.class, BareMessages.class);
    }
}
