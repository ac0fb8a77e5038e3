package org.mxhooks.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.CapturedLog;
import org.mxhooks.MapConfig;
import org.mxhooks.access.Decision.Denied;
import org.mxhooks.access.Decision.Granted;
import org.mxhooks.settings.Network;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.Caller;
import org.mxhooks.web.Caller.Way;

/** What is decided and logged of a request, without JAX-RS and without a servlet container. */
class AccessControlTest {

    private final AccessControl control = AccessControl.of(
            SettingsReader.read(MapConfig.of(Map.of(
                    "mxhooks.endpoint.default.secret", "of the portal",
                    "mxhooks.operator.password", "of the operator",
                    "mxhooks.relay.key", "of the relay",
                    "mxhooks.viewer.user", "viewer",
                    "mxhooks.viewer.password", "of the viewer"))),
            new SimpleMeterRegistry());

    @ParameterizedTest
    @CsvSource({
        "GET, admin:of the operator, admin",
        "DELETE, admin:of the operator, admin",
        "GET, viewer:of the viewer, viewer",
        "HEAD, viewer:of the viewer, viewer"
    })
    void whoeverMayPassIsNamed(String method, String credentials, String user) {
        assertThat(control.decide(over(Way.HTTPS), method, basic(credentials)))
                .isEqualTo(new Granted(new Login(user, true), user.equals("admin")));
    }

    @Test
    void aViewersChangeIsForbidden() {
        Denied denied = denied(control.decide(over(Way.HTTPS), "POST", basic("viewer:of the viewer")));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.from()).contains(new Login("viewer", true));
        assertThat(denied.headers()).isEmpty();
    }

    @Test
    void whoeverSendsNoPasswordOrAWrongOneIsChallenged() {
        assertThat(control.decide(over(Way.HTTPS), "GET", Optional.empty()))
                .isInstanceOfSatisfying(Denied.class, denied -> {
                    assertThat(denied.status()).isEqualTo(401);
                    assertThat(denied.from()).isEmpty();
                    assertThat(denied.headers()).containsOnlyKeys("WWW-Authenticate");
                });
        assertThat(control.decide(over(Way.HTTPS), "GET", basic("admin:guess")))
                .isInstanceOfSatisfying(Denied.class, denied -> {
                    assertThat(denied.status()).isEqualTo(401);
                    assertThat(denied.from()).contains(new Login("admin", false));
                    assertThat(denied.headers()).containsOnlyKeys("WWW-Authenticate");
                });
    }

    @Test
    void afterTooManyGuessesTheAnswerSaysWhenToTryAgain() {
        for (int guesses = 0; guesses < LoginThrottle.MAX_FAILURES; guesses++) {
            control.decide(over(Way.HTTPS), "GET", basic("admin:guess"));
        }

        Denied denied = denied(control.decide(over(Way.HTTPS), "GET", basic("admin:of the operator")));

        assertThat(denied.status()).isEqualTo(429);
        assertThat(denied.headers().get("Retry-After")).matches("[1-5][0-9]|60|61");
    }

    @Test
    void theTimeUntilThenPasses() {
        for (int guesses = 0; guesses < LoginThrottle.MAX_FAILURES; guesses++) {
            control.decide(over(Way.HTTPS), "GET", basic("admin:guess"));
        }
        int first = secondsUntilNextTry();

        await().until(() -> secondsUntilNextTry() < first);
    }

    private int secondsUntilNextTry() {
        Denied denied = denied(control.decide(over(Way.HTTPS), "GET", basic("admin:of the operator")));
        return Integer.parseInt(denied.headers().get("Retry-After"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "PLAIN_TO_PROXY", "UNTRUSTED_PROXY", "CONTRADICTION"})
    void overAWayThatOthersReadNoPasswordIsLookedAt(Way way) {
        Denied denied = denied(control.decide(over(way), "GET", basic("admin:of the operator")));

        assertThat(denied).isEqualTo(denied(control.decide(over(way), "GET", basic("admin:guess"))));
        assertThat(denied).isEqualTo(denied(control.signIn(over(way), "admin", "of the operator")));
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.from()).isEmpty();
        assertThat(denied.detail()).isEqualTo(way.remedy());
    }

    @Test
    void changesAreAudited() {
        AuditLog audit = new AuditLog();
        String pause = "/console/consumers/mirror?pause=true";
        try (CapturedLog log = new CapturedLog()) {
            audit.record(answered(login("admin", true), "GET", pause, 200));
            audit.record(answered(login("admin", true), "POST", pause, 303));
            audit.record(answered(login("admin", true), "GET", "/api/v1/apps/app/export?x=/y", 200));
            audit.record(answered(login("ev\ne", false), "POST", pause, 401));

            assertThat(log.audit())
                    .containsExactly(
                            "admin from 192.0.2.7: POST /console/consumers/mirror?pause=true: 303",
                            "admin from 192.0.2.7: GET /api/v1/apps/app/export?x=/y: 200",
                            "Requests without a valid login refused since the previous entry: 1. Latest: 'ev\\u000ae' from"
                                    + " 192.0.2.7: POST /console/consumers/mirror?pause=true: 401");
        }
    }

    private static AuditLog.Answered answered(Optional<Login> login, String method, String target, int status) {
        return new AuditLog.Answered(login, over(Way.HTTPS), method, target, status);
    }

    private static Optional<Login> login(String user, boolean genuine) {
        return Optional.of(new Login(user, genuine));
    }

    private static Denied denied(Decision decision) {
        assertThat(decision).isInstanceOf(Denied.class);
        return (Denied) decision;
    }

    private static Caller over(Way way) {
        InetAddress address = Network.address("192.0.2.7").orElseThrow();
        return new Caller(address, way, false);
    }

    private static Optional<String> basic(String credentials) {
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }
}
