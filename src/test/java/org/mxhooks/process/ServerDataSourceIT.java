package org.mxhooks.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.companion.Notes;
import org.mxhooks.companion.Rows;
import org.mxhooks.companion.RowsTable;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Redeployable;
import org.mxhooks.process.harness.WildFly;

/** Deliveries in the PostgreSQL of a data source of the server, also after PostgreSQL was killed. */
@Tag("process")
class ServerDataSourceIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path scratch;

    private Postgres postgres;

    @BeforeEach
    void startPostgres() throws IOException {
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
    }

    @AfterEach
    void stopPostgres() throws IOException {
        postgres.close();
    }

    @Test
    void onPayaraMicro() throws Exception {
        try (PayaraMicro server = PayaraMicro.with(settings("jdbc/company"))
                .war(warWithRows())
                .library(driver())
                .postBoot(Path.of("server-config/payara-micro/data-source.asadmin"))
                .start()) {
            keepsItsPromises(server.application());
        }
    }

    @Test
    void onWildFly() throws Exception {
        Path base = scratch.resolve("wildfly");
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        Files.copy(driver(), deployments.resolve("postgresql.jar"));
        Files.createFile(deployments.resolve("postgresql.jar.dodeploy"));
        try (Redeployable server =
                new WildFly(base, "standalone.xml", settings("java:/jdbc/company"), "data-source.cli")) {
            server.deploy(warWithRows());
            keepsItsPromises(server.application());
        }
    }

    private void keepsItsPromises(URI application) throws IOException {
        Portal portal = new Portal(application, "default", SECRET);
        Operator operator = new Operator(application, PASSWORD);
        accept(portal, 1);
        await().atMost(SOON).until(() -> operator.story(1).status() == 200);

        postgres.killNine();
        postgres.start();

        accept(portal, 1);
        accept(portal, 2);
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> operator.story(2).status() == 200);
        await().atMost(SOON).until(() -> operator.ready().status() == 200); // each part looks at a moment of its own
        String failing = portal.sends(Body.of("story-updated.json").story(3).named("writes"))
                .delivery();
        await().atMost(SOON)
                .until(() ->
                        operator.delivery(failing).text().contains("\"consumer\":\"writes\",\"state\":\"parked\""));
    }

    private static void accept(Portal portal, long story) {
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() ->
                        portal.sends(Body.of("story-updated.json").story(story)).isAcknowledged());
    }

    private Path warWithRows() {
        return Companion.writeWarWith(scratch, Notes.class, Rows.class, RowsTable.class);
    }

    private static Path driver() throws Exception {
        return Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private Map<String, String> settings(String jndi) {
        Map<String, String> settings = new HashMap<>();
        settings.put("mxhooks.database.jndi", jndi);
        settings.put("database.url", postgres.settings().get("mxhooks.database.url"));
        settings.put("database.user", postgres.settings().get("mxhooks.database.user"));
        settings.put("database.password", "unasked");
        settings.put("mxhooks.home", scratch.resolve("home").toString());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        settings.put("companion.notes", scratch.resolve("notes").toString());
        return settings;
    }
}
