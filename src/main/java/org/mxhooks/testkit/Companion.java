package org.mxhooks.testkit;

import io.smallrye.config.inject.ConfigExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.mxhooks.dispatch.ConsumerSource;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Identity;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.observer.ConsumerDiscovery;

/** A companion module as it would be deployed, on Weld and an embedded database of its own, until it is closed. */
public final class Companion implements AutoCloseable {

    private static final String ENDPOINT = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Kept, since a logger that nobody refers to forgets its level. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("org.jboss.weld"));

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    private final Map<String, String> settings;
    private final Map<String, String> settingsBefore = new HashMap<>();
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
                .addBeanClasses(ConsumerDiscovery.beans())
                .initialize();
    }

    /**
     * The bean classes of a companion: its observers and what is injected into them. Enterprise beans count as plain
     * ones.
     *
     * @throws jakarta.enterprise.inject.spi.DeploymentException as on a server, if an observer cannot be a consumer;
     *     also if one is never notified of any event, of which a server only warns
     */
    public static Companion of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    /** As above, with settings of MicroProfile Config, which are system properties meanwhile. */
    public static Companion of(Map<String, String> settings, Class<?>... classes) {
        try {
            return new Companion(settings, classes);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the portal is going to send, in this order. */
    public Given given(Payload... payloads) {
        return new Given(this, List.of(payloads));
    }

    /** A bean of the companion's, to call methods of: its fields are those of a proxy. */
    public <T> T bean(Class<T> type) {
        return beans.select(type).get();
    }

    /** Ends the beans, forgets the database and takes the settings back; a second time it does nothing. */
    @Override
    public void close() {
        if (!beans.isRunning()) {
            return;
        }
        beans.close();
        database.close();
        reset();
    }

    /** Something that a test has the node do. */
    interface Step {
        void on(SteppedNode node) throws Exception;
    }

    /** Something that a test asks the node. */
    interface Question<T> {
        T of(SteppedNode node) throws Exception;
    }

    void step(Step step) {
        ask(asked -> {
            step.on(asked);
            return null;
        });
    }

    <T> T ask(Question<T> question) {
        try {
            return question.of(node);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void knows(String consumer) {
        if (!node.consumers().contains(consumer)) {
            throw new IllegalArgumentException("no consumer %s, but %s".formatted(consumer, node.consumers()));
        }
    }

    UUID accept(Payload payload) {
        Receipt receipt = database.inbox()
                .append(arrival(payload.bytes()))
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (receipt instanceof Receipt.Accepted accepted) {
            return accepted.delivery();
        }
        if (receipt instanceof Receipt.Duplicate duplicate) {
            return duplicate.delivery();
        }
        throw new IllegalStateException(receipt.toString());
    }

    private static Arrival arrival(byte[] body) {
        try {
            Attributes attributes = org.mxhooks.mendix.Payload.decode(body)
                    .attributes(Optional.of(UUID.randomUUID().toString()), List.of(), body, Instant.now());
            return new Arrival(ENDPOINT, Identity.ofBody(body), attributes, "{}", body);
        } catch (UndecodableBody e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void set(Map<String, String> properties) {
        properties.forEach((name, value) -> settingsBefore.put(name, System.getProperty(name)));
        properties.forEach(System::setProperty);
    }

    private void reset() {
        settings.keySet().forEach(name -> {
            if (settingsBefore.get(name) == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, settingsBefore.get(name));
            }
        });
    }
}
