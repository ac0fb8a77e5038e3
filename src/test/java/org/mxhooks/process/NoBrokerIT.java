package org.mxhooks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Redeployable;
import org.mxhooks.process.harness.WildFly;

/** Stock servers without a broker deploy the same WAR, warn once, and leave nothing pending or parked. */
@Tag("process")
class NoBrokerIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final String WARNING = "Events are not published by JMS";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path scratch;

    @Test
    void onPayaraMicro() throws IOException {
        try (PayaraMicro server = PayaraMicro.start(settings())) {
            mirrorsAndNothingElse(server.application());
            assertThat(server.log().text()).containsOnlyOnce(WARNING);
        }
    }

    @Test
    void onWildFly() throws IOException {
        try (Redeployable server = new WildFly(scratch.resolve("wildfly"), settings())) {
            server.deploy(Path.of(System.getProperty("war")));
            mirrorsAndNothingElse(server.application());
            assertThat(server.log().text()).containsOnlyOnce(WARNING);
        }
    }

    private static void mirrorsAndNothingElse(URI application) {
        Portal portal = new Portal(application, "default", SECRET);
        Operator operator = new Operator(application, PASSWORD);
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> portal.sends(Body.of("story-updated.json")).isAcknowledged());
        await().atMost(SOON).until(() -> operator.story(4711).status() == 200);
        assertThat(operator.consumers().text()).contains("mirror").doesNotContain("jms");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mxhooks.home", scratch.resolve("home").toString());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        return settings;
    }
}
