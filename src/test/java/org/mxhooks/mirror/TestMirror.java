package org.mxhooks.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.journey.Body;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;
import org.mxhooks.mendix.UndecodableBody;

/** The mirror on a database of a test's own, by a JPA provider that a server brings. */
public final class TestMirror implements AutoCloseable {

    /** The app of the bodies under {@code wire/bodies}. */
    public static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";

    private final EntityManagerFactory factory;

    /** Who implements JPA. */
    public enum Provider {
        /** Payara. */
        ECLIPSELINK("org.eclipse.persistence.jpa.PersistenceProvider"),
        /** WildFly. */
        HIBERNATE("org.hibernate.jpa.HibernatePersistenceProvider");

        private final String type;

        Provider(String type) {
            this.type = type;
        }
    }

    /** Later than every time that a test calls a proper one. */
    static final Instant RECEIVED = Instant.parse("2026-12-31T00:00:00Z");

    public TestMirror(TestDatabase database, Provider provider) {
        this(database.dataSource(), provider);
    }

    TestMirror(DataSource dataSource, Provider provider) {
        factory = Persistence.createEntityManagerFactory(
                "mxhooks",
                Map.of(
                        "jakarta.persistence.provider",
                        provider.type,
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource",
                        dataSource,
                        "jakarta.persistence.nonJtaDataSource",
                        dataSource));
    }

    /** An event as dispatch makes it of a delivery. */
    public static WebhookEvent event(Body body, UUID delivery, long position) {
        try {
            return DecodedBody.decode("projects", body.text().getBytes(UTF_8))
                    .toEvent(new Provenance(delivery, Optional.empty(), "default", position, RECEIVED, false, "{}"));
        } catch (UndecodableBody e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An event of a push, a package or an alert. */
    public static WebhookEvent deployment(String json, long position) {
        try {
            return DecodedBody.decode("standard-webhooks", json.getBytes(UTF_8))
                    .toEvent(new Provenance(
                            new UUID(0, position), Optional.empty(), "default", position, RECEIVED, false, "{}"));
        } catch (UndecodableBody e) {
            throw new IllegalArgumentException(e);
        }
    }

    public void remembers(Body body, long position) {
        remembers(event(body, new UUID(0, position), position));
    }

    /** Events that share a transaction. */
    public void remembers(WebhookEvent... events) {
        with(mirror -> {
            for (WebhookEvent event : events) {
                mirror.remember(event);
            }
            return null;
        });
    }

    /** In a transaction of its own. */
    <T> T with(Function<Mirror, T> work) {
        return inTransaction(entities -> {
            Mirror mirror = new Mirror();
            mirror.entities = entities;
            return work.apply(mirror);
        });
    }

    <T> T inTransaction(Function<EntityManager, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            try {
                T result = work.apply(entities);
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        }
    }

    /** Has a mirror of the caller's read what is there now. */
    public void openFor(Mirror mirror) {
        mirror.entities = factory.createEntityManager();
    }

    @Override
    public void close() {
        factory.close();
    }
}
