package org.mxhooks.ingest;

import static java.util.concurrent.Executors.defaultThreadFactory;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.mxhooks.Answer;
import org.mxhooks.JerseyServer;
import org.mxhooks.MapConfig;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.RawRequest;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.TestConnection;

/** The edge as a server runs it, over a real inbox. */
final class Edge implements AutoCloseable {

    static final String SECRET = "a secret – to keep";

    private final TestDatabase database;
    private final Settings settings;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Inbox inbox;
    private final EndpointRegistry endpoints;
    private final TestConnection connection = new TestConnection();
    private final JerseyServer server;

    private Edge(Settings settings, int threads) throws IOException, SQLException {
        this.settings = settings;
        database = TestDatabase.h2(settings.home());
        inbox = new Inbox(database.database(), database.dataSource(), defaultThreadFactory(), meters);
        endpoints = EndpointRegistry.of(settings, inbox, meters);
        server = new JerseyServer(
                new HooksApplication(),
                Map.of(
                        Settings.class,
                        settings,
                        Inbox.class,
                        inbox,
                        EndpointRegistry.class,
                        endpoints,
                        HttpServletRequest.class,
                        connection.request()),
                threads);
    }

    static Edge in(Path home) throws IOException, SQLException {
        return in(home, Map.of());
    }

    /** With settings beside the default endpoint's {@link #SECRET}, or instead of it. */
    static Edge in(Path home, Map<String, String> settings) throws IOException, SQLException {
        Edge edge = beforeTheDatabaseIsThere(home, settings);
        edge.database.migrated();
        return edge;
    }

    /** With so many threads for requests. */
    static Edge withThreads(Path home, int threads) throws IOException, SQLException {
        return migrated(new Edge(SettingsReader.read(MapConfig.of(properties(home, Map.of()))), threads));
    }

    private static Edge migrated(Edge edge) throws SQLException {
        edge.database.migrated();
        return edge;
    }

    static Edge beforeTheDatabaseIsThere(Path home, Map<String, String> settings) throws IOException, SQLException {
        return new Edge(SettingsReader.read(MapConfig.of(properties(home, settings))), JerseyServer.THREADS);
    }

    private static Map<String, String> properties(Path home, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(settings);
        properties.put("mxhooks.home", home.toString());
        if (!settings.containsKey("mxhooks.endpoint.default.secret-file")) {
            properties.putIfAbsent("mxhooks.endpoint.default.secret", SECRET);
        }
        return properties;
    }

    static String signature(byte[] body) {
        return new ProjectsSigner(SECRET).sign(body);
    }

    RawRequest request(String method, String path) {
        return server.request(method, path);
    }

    RawRequest post(byte[] body) {
        return request("POST", "hooks/default").body(body);
    }

    RawRequest signed(byte[] body) {
        return post(body).header("MxAPI-Signature", signature(body));
    }

    /** By which way requests come, as a server would report it. */
    TestConnection connection() {
        return connection;
    }

    /** The row that an acknowledged delivery became. */
    Kept kept(Answer acknowledged) throws SQLException {
        return Kept.read(database.database(), acknowledged.delivery());
    }

    TestDatabase database() {
        return database;
    }

    /** How an endpoint fares. */
    EndpointState endpointState(String name) throws SQLException {
        return endpoints.all().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** How endpoints fare when this starts anew on the same database. */
    EndpointRegistry restarted() {
        return EndpointRegistry.of(settings, inbox, new SimpleMeterRegistry());
    }

    void limitUnverified(ByteBudget budget) {
        endpoints.open(budget);
    }

    MeterRegistry meters() {
        return meters;
    }

    Inbox inbox() {
        return inbox;
    }

    @Override
    public void close() {
        server.close();
        inbox.close();
        database.close();
    }
}
