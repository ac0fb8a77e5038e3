package org.mxhooks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Redeployable;
import org.mxhooks.process.harness.StartFailure;
import org.mxhooks.process.harness.WildFly;

/**
 * Settings in the environment of stock servers: the same in every language, and a slip stops the deployment. Without a
 * broker the servers warn once, and leave nothing pending or parked.
 */
@Tag("process")
class SettingsIT {

    private static final String SECRET = "of-the-portal, in Ürgüp";
    private static final String PASSWORD = "of-the-operator, in Iğdır";
    private static final String NO_BROKER = "Events are not published by JMS";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofSeconds(180);

    private static final Map<String, String> SLIP = Map.of("mxhooks.max-bodi", "1");

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG"})
    void areReadInEveryLanguageOnPayaraMicro(String language) {
        try (PayaraMicro server =
                PayaraMicro.with(language(language)).environment(environment()).start()) {
            receives(server.application());
            assertThat(server.log().text()).containsOnlyOnce(NO_BROKER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG"})
    void areReadInEveryLanguageOnWildFly(String language) throws IOException {
        Map<String, String> environment = environment();
        language(language)
                .forEach((name, value) -> environment.merge(
                        "JAVA_OPTS", "-D" + name + "=" + value, (options, option) -> options + " " + option));
        try (Redeployable server = new WildFly(scratch.resolve("wildfly"), Map.of(), environment)) {
            server.deploy(Path.of(System.getProperty("war")));
            receives(server.application());
            assertThat(server.log().text()).containsOnlyOnce(NO_BROKER);
        }
    }

    @Test
    void aSlipStopsTheDeploymentOnPayaraMicro() {
        PayaraMicro.Plan plan = PayaraMicro.with(SLIP).environment(environmentWithSlip());

        assertStopped(plan::start, "javax.enterprise.system.core");
    }

    @Test
    void aSlipStopsTheDeploymentOnWildFly() throws IOException {
        try (Redeployable server = new WildFly(scratch.resolve("wildfly"), SLIP, environmentWithSlip())) {
            assertStopped(() -> server.deploy(Path.of(System.getProperty("war"))), "WFLYCTL0013");
        }
    }

    private void assertStopped(ThrowingCallable deployment, String report) {
        StartFailure failure = catchThrowableOfType(StartFailure.class, deployment);

        assertThat(failure).hasMessageContaining(report);
        assertThat(failure.log().text())
                .contains("mxhooks cannot start; settings to correct: 2")
                .contains(
                        "MXHOOKS_DATABSE_URL is not a setting; did you mean MXHOOKS_DATABASE_URL?",
                        "mxhooks.max-bodi is not a setting; did you mean mxhooks.max-body?");
        assertThat(scratch.resolve("home")).doesNotExist();
    }

    private static void receives(URI application) {
        Portal portal = new Portal(application, "default", SECRET);
        Operator operator = new Operator(application, PASSWORD);
        await().atMost(START)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> operator.ready().status() == 200);
        assertThat(portal.sends(Body.of("story-updated.json")).isAcknowledged()).isTrue();
        await().atMost(SOON).until(() -> operator.story(4711).status() == 200);
        assertThat(operator.consumers().text()).contains("mirror").doesNotContain("jms");
    }

    private Map<String, String> environmentWithSlip() {
        Map<String, String> environment = environment();
        environment.put("MXHOOKS_DATABSE_URL", "jdbc:postgresql://db/mxhooks");
        return environment;
    }

    /** With what Kubernetes sets for a service of this name. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("MXHOOKS_HOME", scratch.resolve("home").toString());
        environment.put("MXHOOKS_ENDPOINTS", "default");
        environment.put("MXHOOKS_ENDPOINT_DEFAULT_SECRET", SECRET + "\n");
        environment.put("MXHOOKS_OPERATOR_PASSWORD", PASSWORD);
        environment.put("MXHOOKS_SERVICE_HOST", "10.96.1.7");
        environment.put("MXHOOKS_PORT", "tcp://10.96.1.7:8080");
        return environment;
    }

    private static Map<String, String> language(String tag) {
        String[] parts = tag.split("-");
        return Map.of("user.language", parts[0], "user.country", parts[1]);
    }
}
