package org.mxhooks.testkit;

import io.smallrye.config.inject.ConfigExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.mxhooks.dispatch.ConsumerSource;
import org.mxhooks.observer.ConsumerDiscovery;
import org.mxhooks.observer.ObserverSource;

/** A deployed companion module, on Weld and an embedded database of its own, until it is closed. */
public final class Companion implements AutoCloseable {

    /** Strong references: a logger that is garbage-collected loses its level. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("org.jboss.weld"));

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    private final Map<String, String> settings;
    private final Map<String, String> previousSettings = new HashMap<>();
    private final ScratchDatabase database = new ScratchDatabase();
    private final WeldContainer beans;
    private final SteppedNode node;

    private Companion(Map<String, String> settings, Class<?>... classes) throws Exception {
        this.settings = settings;
        set(settings);
        try {
            beans = container(classes);
            node = new SteppedNode(
                    beans.select(ConsumerSource.class).get().consumers(),
                    database.dataSource(),
                    database.transaction(),
                    database.inbox());
        } catch (Exception | Error e) {
            database.close();
            reset();
            throw e;
        }
    }

    private WeldContainer container(Class<?>... classes) {
        return new Weld()
                .disableDiscovery()
                .addExtensions(ConsumerDiscovery.strict(), new ConfigExtension(), new EnterpriseBeans())
                .addServices(new DataSourceInjection(database.dataSource()))
                .addBeanClasses(classes)
                .addBeanClasses(ObserverSource.beans())
                .initialize();
    }

    /**
     * Deploys the bean classes of a companion: its observers and the beans that are injected into them. Enterprise
     * beans are deployed as plain CDI beans.
     *
     * @throws jakarta.enterprise.inject.spi.DeploymentException as on a server, if an observer cannot be a consumer;
     *     also if no event can match an observer, for which a server only logs a warning
     */
    public static Companion of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    /** As above, with settings of MicroProfile Config, which are set as system properties until {@link #close()}. */
    public static Companion of(Map<String, String> settings, Class<?>... classes) {
        try {
            return new Companion(settings, classes);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a test with the payloads that the portal sends, in this order. */
    public Given given(Payload... payloads) {
        return new Given(new CompanionNode(node, database.inbox()), List.of(payloads));
    }

    /** A bean of the companion. Call its methods; its fields are those of a client proxy. */
    public <T> T bean(Class<T> type) {
        return beans.select(type).get();
    }

    /** Destroys the beans and the database and restores the system properties. Has no effect if already closed. */
    @Override
    public void close() {
        if (!beans.isRunning()) {
            return;
        }
        beans.close();
        database.close();
        reset();
    }

    private void set(Map<String, String> properties) {
        properties.forEach((name, value) -> previousSettings.put(name, System.getProperty(name)));
        properties.forEach(System::setProperty);
    }

    private void reset() {
        settings.keySet().forEach(name -> {
            if (previousSettings.get(name) == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, previousSettings.get(name));
            }
        });
    }
}
