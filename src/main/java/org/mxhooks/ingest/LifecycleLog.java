package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.INFO;
import static java.util.stream.Collectors.joining;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.mxhooks.settings.Settings;

/**
 * Logs the start of a deployment, with what an operator compares first, and its end; Payara Micro closes its log before
 * that when the process is terminated.
 */
@WebListener
public class LifecycleLog implements ServletContextListener {

    private static final System.Logger LOG = System.getLogger(LifecycleLog.class.getName());

    @Inject
    Settings settings;

    @Override
    public void contextInitialized(ServletContextEvent start) {
        LOG.log(
                INFO,
                "mxhooks {0} started; endpoints {1}; database {2}",
                version(start.getServletContext()),
                settings.endpoints().keySet().stream().sorted().collect(joining(", ")),
                settings.database().address());
    }

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        LOG.log(INFO, "mxhooks {0} stopped", version(end.getServletContext()));
    }

    private static String version(ServletContext context) {
        try (InputStream manifest = context.getResourceAsStream("/" + JarFile.MANIFEST_NAME)) {
            return Optional.ofNullable(manifest == null ? null : new Manifest(manifest))
                    .map(found -> found.getMainAttributes().getValue(Name.IMPLEMENTATION_VERSION))
                    .orElse("of unknown version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
