package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.journey.Answer;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.Load;
import org.mxhooks.process.harness.Load.Acknowledged;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Server;
import org.mxhooks.process.harness.WildFly;

@Tag("process")
@ParameterizedClass
@EnumSource(KillIT.Platform.class)
@TestInstance(Lifecycle.PER_CLASS)
class KillIT {

    private static final String SECRET = "of the portal";
    private static final String PASSWORD = "of the operator";
    private static final int ENOUGH = 500;
    private static final Duration SOON = Duration.ofSeconds(180);

    private static final AtomicLong STORIES = new AtomicLong(100_000);

    enum Platform {
        PAYARA_MICRO_ON_H2,
        WILDFLY_ON_POSTGRES
    }

    @TempDir
    private static Path scratch;

    private final Platform platform;
    private final Collection<Acknowledged> acknowledged = new ArrayList<>();
    private Postgres postgres;
    private Server server;

    KillIT(Platform platform) {
        this.platform = platform;
    }

    @BeforeAll
    void begin() throws IOException {
        if (platform == Platform.WILDFLY_ON_POSTGRES) {
            postgres = new Postgres(scratch.resolve("postgres"));
            postgres.start();
        }
        start();
    }

    private void start() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("mxhooks.home", scratch.resolve(platform.name()).toString());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        if (platform == Platform.WILDFLY_ON_POSTGRES) {
            settings.putAll(postgres.settings());
            WildFly wildfly = new WildFly(scratch.resolve("wildfly"), settings);
            server = wildfly;
            wildfly.deploy(Path.of(System.getProperty("war")));
        } else {
            server = PayaraMicro.start(settings);
        }
    }

    @AfterAll
    void stop() throws Exception {
        Closing.all(server, postgres);
    }

    static IntStream kills() {
        return IntStream.rangeClosed(1, Math.max(3, Integer.getInteger("kills")));
    }

    @ParameterizedTest
    @MethodSource("kills")
    void losesNothingThatItAcknowledged(int kill) throws Exception {
        Load load = new Load(portal(), STORIES, ENOUGH);
        load.awaitEnough(SOON);
        server.killNine();
        acknowledged.addAll(load.acknowledged());

        start();

        assertAllKnown();
        assertAllMirrored();
    }

    private void assertAllMirrored() {
        Operator operator = new Operator(server.application(), PASSWORD);
        await().atMost(SOON).until(() -> operator.consumers().text(), KillIT::isIdle);
        assertThat(acknowledged)
                .filteredOn(delivery -> !isMirrored(delivery, operator.story(delivery.story())))
                .isEmpty();
    }

    /** That the mirror has nothing before it. */
    private static boolean isIdle(String consumers) {
        return consumers.contains("\"name\":\"mirror\",\"pending\":0,\"parked\":0,\"replays\":0,\"dead\":0");
    }

    private static boolean isMirrored(Acknowledged delivery, Answer answer) {
        return answer.status() == 200 && answer.text().contains("Story " + delivery.story());
    }

    private void assertAllKnown() {
        Portal portal = portal();
        await().atMost(SOON).until(() -> portal.sends(Body.of("story-created.json")), Answer::isAcknowledged);
        assertThat(acknowledged).allSatisfy(delivery -> {
            Answer again = portal.sends(delivery.body());
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.receipt()).isEqualTo("duplicate");
            assertThat(again.delivery()).isEqualTo(delivery.delivery());
        });
    }

    private Portal portal() {
        return new Portal(server.application(), "default", SECRET);
    }
}
