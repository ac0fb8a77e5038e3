package org.mxhooks.process.benchmarks.noop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** A WAR of its own beside mxhooks, for comparison. */
@ApplicationPath(NoopApplication.PATH)
public class NoopApplication extends Application {
    public static final String PATH = "nothing";
}
