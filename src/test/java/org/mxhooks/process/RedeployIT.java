package org.mxhooks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.companion.Failing;
import org.mxhooks.companion.Leaking;
import org.mxhooks.companion.Notes;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Books;
import org.mxhooks.process.harness.MicroConsole;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Redeployable;
import org.mxhooks.process.harness.RedeployableMicro;
import org.mxhooks.process.harness.WildFly;

/** A deployment's end leaves no thread and, but for a few that are not ours to let go, no class loader. */
@Tag("process")
class RedeployIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int REDEPLOYMENTS = 4;

    /**
     * The JDK keeps the class of the record that was compared last (JDK-8078641), an idle worker of a server its last
     * request. Each forgets the one before: Payara kept three after five deployments as after ten, WildFly two or one.
     */
    private static final int LINGERING = 3;

    /** But for those of {@link MicroConsole}. */
    private static final Pattern OURS = Pattern.compile("org\\.mxhooks\\.(?!process\\.)");

    private static final Pattern HANGING = Pattern.compile("org\\.mxhooks\\.companion\\.Failing");

    @TempDir
    Path scratch;

    private long story = 300_000;

    /** The planted leak is found, so that this test and the next could fail. */
    @Test
    void leavesNothingBehindInPayaraMicro() throws Exception {
        try (Redeployable server = new RedeployableMicro(settings())) {
            leavesNothingBehind(server);

            Path leaking = Companion.writeWarWith(scratch, Leaking.class);
            for (int deployment = 0; deployment <= LINGERING; deployment++) {
                server.deploy(leaking);
                server.undeploy();
            }
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(server.jvm().threadsIn(OURS)).hasSize(LINGERING + 1));
            assertThat(server.jvm().loadersOf("org.mxhooks.inbox.Inbox")).isGreaterThan(LINGERING);
        }
    }

    @Test
    void leavesNothingBehindInWildFly() throws Exception {
        try (Redeployable server = new WildFly(scratch.resolve("wildfly"), settings())) {
            leavesNothingBehind(server);
        }
    }

    @Test
    void endsAConsumerThatHangs() throws Exception {
        try (Postgres postgres = new Postgres(scratch.resolve("postgres"))) {
            postgres.start();
            Map<String, String> settings = settings();
            settings.putAll(postgres.settings());
            settings.put("companion.notes", scratch.resolve("notes").toString());
            try (Redeployable server = new RedeployableMicro(settings)) {
                deploy(server, Companion.writeWarWith(scratch, Notes.class, Failing.class));
                use(server, "hangs");
                await().atMost(SOON)
                        .until(() -> !server.jvm().threadsIn(HANGING).isEmpty());

                undeploy(server);
                assertThat(new Books(postgres).lanesWithOwner()).isZero();
            }
        }
    }

    private void leavesNothingBehind(Redeployable server) throws Exception {
        for (int deployment = 0; deployment <= REDEPLOYMENTS; deployment++) {
            deploy(server, Path.of(System.getProperty("war")));
            use(server, "a story");
            undeploy(server);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.jvm().loadersOf("org.mxhooks.inbox.Inbox"))
                        .isLessThanOrEqualTo(LINGERING));
    }

    private static void deploy(Redeployable server, Path war) throws Exception {
        server.deploy(war);
    }

    private void use(Redeployable server, String name) {
        Portal portal = new Portal(server.application(), "default", SECRET);
        Operator operator = new Operator(server.application(), PASSWORD);
        Body body = Body.of("story-updated.json").story(++story).named(name);
        await().atMost(SOON).until(() -> portal.sends(body).isAcknowledged());
        await().atMost(SOON).until(() -> operator.story(story).status() == 200);
    }

    private static void undeploy(Redeployable server) throws Exception {
        server.undeploy();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.jvm().threadsIn(OURS)).isEmpty());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mxhooks.home", scratch.resolve("home").toString());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        return settings;
    }
}
