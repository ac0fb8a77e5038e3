package org.mxhooks.monitoring;

import static java.util.concurrent.Executors.defaultThreadFactory;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Application;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.mxhooks.JerseyServer;
import org.mxhooks.MapConfig;
import org.mxhooks.RawRequest;
import org.mxhooks.access.TestAccess;
import org.mxhooks.alarms.Alarms;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.RunningNode;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.TestEndpointRegistry;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.TestConnection;

/** What is monitored: a node with a real inbox and dispatch, and a server that tells of it. */
final class Monitored implements AutoCloseable {

    final PrometheusMeterRegistry meters = new MeterRegistryProducer().registry();
    final TestDatabase database;
    final Inbox inbox;
    final RunningNode node;
    private final JerseyServer server;

    /** One whose database is not there before {@link #start}. */
    Monitored(Path home, Application application) throws Exception {
        this(TestDatabase.h2(home), home, application);
    }

    Monitored(TestDatabase database, Path home, Application application) throws Exception {
        Settings settings = SettingsReader.read(
                MapConfig.of(Map.of("mxhooks.home", home.toString(), "mxhooks.operator.password", "of-the-operator")));
        this.database = database;
        inbox = new Inbox(database.database(), database.dataSource(), defaultThreadFactory(), meters);
        node = new RunningNode(database, inbox);
        EndpointRegistry endpoints = TestEndpointRegistry.of(settings, inbox, meters);
        DatabaseProbe probe = DatabaseProbe.of(database.database(), defaultThreadFactory());
        server = new JerseyServer(
                application,
                TestAccess.with(
                        settings,
                        meters,
                        Map.of(
                                Settings.class,
                                settings,
                                MeterRegistry.class,
                                meters,
                                Readiness.class,
                                Readiness.of(probe, inbox, node.engine()),
                                PrometheusMeterRegistry.class,
                                meters,
                                HttpServletRequest.class,
                                TestConnection.fromThisMachine(),
                                StoredGauges.class,
                                StoredGauges.of(
                                        probe,
                                        node.operations(),
                                        endpoints,
                                        Alarms.of(database.dataSource()),
                                        meters,
                                        defaultThreadFactory()))));
    }

    Monitored start() {
        node.start();
        return this;
    }

    void execute(String sql) throws Exception {
        try (Connection connection = database.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    RawRequest request(String method, String path) {
        return server.request(method, path);
    }

    @Override
    public void close() {
        server.close();
        node.close();
        inbox.close();
        database.close();
        meters.close();
    }
}
