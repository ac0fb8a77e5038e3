package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.JerseyServer;
import org.mxhooks.MapConfig;
import org.mxhooks.RawRequest;
import org.mxhooks.access.TestAccess;
import org.mxhooks.alarms.Alarms;
import org.mxhooks.database.Database;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.RefusalLog;
import org.mxhooks.ingest.TestEndpointRegistry;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.TestMirror;
import org.mxhooks.mirror.TestMirror.Provider;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.Repairs;
import org.mxhooks.operations.WorkState;
import org.mxhooks.orders.WorkOrders;
import org.mxhooks.privacy.AppExports;
import org.mxhooks.privacy.Erasures;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.TestConnection;

/** The operator's API on an embedded database, without a server. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ApiFixture {

    final TestConnection connection = new TestConnection();
    WorkState work;
    WorkOrders orders;
    AppExports exports;

    final MeterRegistry meters = new SimpleMeterRegistry();
    private TestDatabase database;
    private Inbox inbox;
    TestMirror content;
    private JerseyServer server;

    @BeforeAll
    void open(@TempDir Path home) throws Exception {
        database = TestDatabase.h2(home).migrated();
        inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry());
        work = new WorkState(database.dataSource(), inbox);
        content = new TestMirror(database, Provider.ECLIPSELINK);
        Mirror mirror = new Mirror();
        content.openFor(mirror);
        Settings settings = settings(home);
        EndpointRegistry endpoints = TestEndpointRegistry.of(settings, inbox, new SimpleMeterRegistry());
        Operations operations = work.operator(database);
        orders = WorkOrders.of(
                database.dataSource(),
                database.transaction(),
                Stream.concat(
                                Repairs.kinds(database.dataSource(), inbox, Engine.of(database.dataSource())).stream(),
                                Stream.of(Erasures.kind(
                                        database.dataSource(),
                                        inbox,
                                        Engine.of(database.dataSource()),
                                        Duration.ofMinutes(1))))
                        .toList());
        exports = AppExports.of(database.dataSource(), inbox);
        server = new JerseyServer(
                new ApiApplication(),
                TestAccess.with(
                        settings,
                        meters,
                        Map.ofEntries(
                                Map.entry(Settings.class, settings),
                                Map.entry(MeterRegistry.class, meters),
                                Map.entry(EndpointRegistry.class, endpoints),
                                Map.entry(
                                        RefusalLog.class,
                                        TestEndpointRegistry.refusals(database.dataSource(), endpoints, settings)),
                                Map.entry(Database.class, database.database()),
                                Map.entry(Inbox.class, inbox),
                                Map.entry(Alarms.class, Alarms.of(database.dataSource())),
                                Map.entry(Mirror.class, mirror),
                                Map.entry(Operations.class, operations),
                                Map.entry(Repairs.class, Repairs.of(database.dataSource(), operations, orders)),
                                Map.entry(
                                        Subscriptions.class,
                                        Subscriptions.of(
                                                settings,
                                                database.dataSource(),
                                                database.transaction(),
                                                inbox,
                                                Engine.of(database.dataSource()))),
                                Map.entry(Erasures.class, Erasures.of(orders)),
                                Map.entry(AppExports.class, exports),
                                Map.entry(HttpServletRequest.class, connection.request()))));
    }

    @BeforeEach
    void overLoopback() {
        connection.comesFrom("127.0.0.1", false);
    }

    @AfterAll
    void close() {
        server.close();
        content.close();
        inbox.close();
        database.close();
    }

    private static Settings settings(Path home) {
        return SettingsReader.read(MapConfig.of(Map.of(
                "mxhooks.home", home.toString(),
                "mxhooks.endpoint.default.secret", "of the portal",
                "mxhooks.endpoint.default.allowed-senders", "203.0.113.7,2001:db8::/32",
                "mxhooks.operator.password", "of the operator",
                "mxhooks.trusted-proxies", "10.0.0.1",
                "mxhooks.viewer.user", "viewer",
                "mxhooks.viewer.password", "of the viewer")));
    }

    final Answer get(String path) {
        return as("admin:of the operator", "GET", path).send();
    }

    final Answer change(String method, String path) {
        return as("admin:of the operator", method, path)
                .header("Content-Type", "application/json")
                .declaring(0)
                .send();
    }

    final RawRequest as(String credentials, String method, String path) {
        return anonymously(method, path)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }

    final RawRequest anonymously(String method, String path) {
        return server.request(method, "api/v1/" + path);
    }

    /** As many orders that have not ended as there may be. */
    final void giveAllOrders() throws SQLException {
        work.execute("""
                insert into mxhooks.work_order (id, kind, ordered_by, ordered_at, waits_since, state, details, progress, done)
                select random_uuid(), 'any', 'ada', current_timestamp, current_timestamp, 'waiting', '', '', 0
                from system_range(1, 100)""");
    }

    final long last() throws SQLException {
        return inbox.head();
    }
}
