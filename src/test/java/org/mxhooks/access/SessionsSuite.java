package org.mxhooks.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.MapConfig;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.settings.SettingsReader;

/** When a session of the console ends, on every supported database. */
@Tag("persistence")
abstract class SessionsSuite {

    @TempDir
    Path directory;

    private TestDatabase database;
    private Sql sql;
    private Path password;

    protected abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        database = database().migrated();
        sql = new Sql(database.dataSource());
        password = Files.writeString(directory.resolve("password"), "of the operator");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Sessions sessions(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("mxhooks.endpoint.default.secret", "of the portal");
        settings.put("mxhooks.operator.password-file", password.toString());
        settings.put("mxhooks.relay.key", "of the relay");
        return Sessions.of(database.dataSource(), SettingsReader.read(MapConfig.of(settings)));
    }

    private Sessions sessions() {
        return sessions(Map.of("mxhooks.viewer.user", "viewer", "mxhooks.viewer.password", "of the viewer"));
    }

    @Test
    void isKnownToEveryNodeUntilItEnds() throws SQLException {
        SessionToken token = sessions().begin("admin", true);

        assertThat(sessions().find(token, true))
                .contains(new UserSession("admin", Optional.empty(), true, token.formToken()));
        sessions().end(token);
        assertThat(sessions().find(token, true)).isEmpty();
        assertThat(sessions().find(SessionToken.random(), true)).isEmpty();
    }

    @Test
    void storesNothingThatOpensIt() throws SQLException {
        SessionToken token = sessions().begin("admin", true);

        Optional<byte[]> stored = sql.first("select token from mxhooks.console_session", row -> row.getBytes(1));
        assertThat(new String(stored.orElseThrow(), ISO_8859_1)).doesNotContain(token.value());
        Optional<String> account = sql.first("select account from mxhooks.console_session", row -> row.getString(1));
        sessions().begin("admin", true);
        assertThat(sql.query("select account from mxhooks.console_session", row -> row.getString(1)))
                .as("nothing to guess the password by")
                .contains(account.orElseThrow())
                .doesNotHaveDuplicates();
        assertThat(token.formToken()).isNotEqualTo(token.value());
        assertThat(token).hasToString("****");
    }

    @Test
    void endsHalfAnHourAfterItsLastRequest() throws SQLException {
        SessionToken token = sessions().begin("admin", true);
        age("seen_at", 29);

        assertThat(sessions().find(token, true)).isPresent();
        age("seen_at", 29);
        assertThat(sessions().find(token, true)).as("seen since").isPresent();
        age("seen_at", 29);
        assertThat(sessions().find(token, false)).as("an update of the page").isPresent();
        assertThat(
                        sql.exists(
                                "select 1 from mxhooks.console_session where seen_at > current_timestamp - interval '1' minute"))
                .isFalse();
        age("seen_at", 31);
        assertThat(sessions().find(token, true)).isEmpty();
    }

    @Test
    void endsTwelveHoursAfterItBeganAndIsRemovedByTheNext() throws SQLException {
        SessionToken token = sessions().begin("admin", true);
        age("started_at", 12 * 60 + 1);

        assertThat(sessions().find(token, true)).isEmpty();
        sessions().begin("viewer", false);
        assertThat(sql.query("select user_name from mxhooks.console_session", row -> row.getString(1)))
                .containsExactly("viewer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seen_at", "started_at"})
    void endsWhenAClockWasSetBackSoThatItsAgeIsUnknown(String column) throws SQLException {
        SessionToken token = sessions().begin("admin", true);
        age(column, -4);
        assertThat(sessions().find(token, false)).isPresent();
        age(column, -60);

        assertThat(sessions().find(token, true)).isEmpty();
        sessions().begin("viewer", false);
        assertThat(sql.query("select user_name from mxhooks.console_session", row -> row.getString(1)))
                .containsExactly("viewer");
    }

    @Test
    void endsWhenThePasswordChanges() throws Exception {
        Sessions sessions = sessions();
        SessionToken token = sessions.begin("admin", true);
        SessionToken viewer = sessions.begin("viewer", false);
        Files.writeString(password, "another one");

        Awaitility.await()
                .untilAsserted(() -> assertThat(sessions.find(token, true)).isEmpty());
        assertThat(sessions.find(viewer, true)).isPresent();
        assertThat(sessions(Map.of()).find(viewer, true))
                .as("no viewer is configured")
                .isEmpty();
    }

    @Test
    void ofAProvidersUserEndsWhenWhatMakesTheRoleChanges() throws SQLException {
        Optional<String> issuer = Optional.of("https://id.example.com");
        Sessions sessions = withProvider("operators,admins", "readers");
        SessionToken operator = sessions.begin("olivia", issuer, true);
        SessionToken viewer = sessions.begin("victor", issuer, false);

        assertThat(withProvider("admins,operators", "readers").find(operator, true))
                .contains(new UserSession("olivia", issuer, true, operator.formToken()));
        assertThat(withProvider("admins", "readers").find(operator, true)).isEmpty();
        assertThat(withProvider("admins", "readers").find(viewer, true)).isPresent();
        assertThat(withProvider("operators,admins", "readers", "client-id", "another")
                        .find(operator, true))
                .isEmpty();
        assertThat(withProvider("operators,admins", "readers", "role-claim", "roles")
                        .find(operator, true))
                .isEmpty();
        assertThat(withProvider("operators,admins", "readers", "issuer", "https://other.example.com")
                        .find(operator, true))
                .isEmpty();
        assertThat(sessions().find(viewer, true))
                .as("no provider is configured")
                .isEmpty();
        assertThat(sessions.find(viewer, true).orElseThrow().auditName())
                .isEqualTo("'victor' of https://id.example.com");
    }

    @Test
    void aSignInWithTheProviderIsUsedOnceOnAllNodes() throws SQLException {
        PendingSignIn pending = PendingSignIn.begin(ConsolePage.of("overview"), Clock.systemUTC());

        assertThat(sessions().use(pending)).isTrue();
        assertThat(sessions().use(pending)).isFalse();
        assertThat(sessions().use(PendingSignIn.begin(ConsolePage.of("overview"), Clock.systemUTC())))
                .isTrue();
        sql.update("update mxhooks.console_used_sign_in set used_at = current_timestamp - interval '2' hour");
        sessions().use(PendingSignIn.begin(ConsolePage.of("overview"), Clock.systemUTC()));
        assertThat(sql.query("select token from mxhooks.console_used_sign_in", row -> row.getBytes(1)))
                .as("older ones are removed")
                .hasSize(1);
    }

    private Sessions withProvider(String operatorValues, String viewerValues) {
        return withProvider(operatorValues, viewerValues, "role-claim", "groups");
    }

    private Sessions withProvider(String operatorValues, String viewerValues, String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "mxhooks.oidc.issuer", "https://id.example.com",
                "mxhooks.oidc.client-id", "mxhooks",
                "mxhooks.oidc.client-secret", "of the client",
                "mxhooks.oidc.redirect-uri", "https://console.example.com/mxhooks/console/oidc/callback",
                "mxhooks.oidc.operator-values", operatorValues,
                "mxhooks.oidc.viewer-values", viewerValues));
        settings.put("mxhooks.oidc." + setting, value);
        return sessions(settings);
    }

    private void age(String column, int minutes) throws SQLException {
        sql.update("update mxhooks.console_session set %1$s = current_timestamp - %2$s * interval '1' minute"
                .formatted(column, minutes));
    }
}
