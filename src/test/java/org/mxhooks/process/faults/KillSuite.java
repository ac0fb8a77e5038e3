package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.journey.Answer;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.Load;
import org.mxhooks.process.harness.Load.Acknowledged;
import org.mxhooks.process.harness.Server;

@Tag("process")
@TestInstance(Lifecycle.PER_CLASS)
abstract class KillSuite {

    private static final String SECRET = "of the portal";
    private static final String PASSWORD = "of the operator";
    private static final int ENOUGH = 200;
    private static final Duration SOON = Duration.ofSeconds(180);

    private static final AtomicLong STORIES = new AtomicLong(100_000);

    @TempDir
    private static Path scratch;

    private final Collection<Acknowledged> acknowledged = new ArrayList<>();
    private Server server;

    /** Starts one with these settings, on the same database each time; returns when it answers. */
    abstract Server start(Path directory, Map<String, String> settings) throws IOException;

    @BeforeAll
    void start() throws IOException {
        server = start(
                scratch, Map.of("mxhooks.endpoint.default.secret", SECRET, "mxhooks.operator.password", PASSWORD));
    }

    @AfterAll
    void stop() throws Exception {
        Closing.all(server);
    }

    /** At least two: the second is of a server that has recovered. */
    static IntStream kills() {
        return IntStream.rangeClosed(1, Math.max(2, Integer.getInteger("kills")));
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
        await().atMost(SOON).until(() -> operator.asks("consumers/mirror").json(), KillSuite::isIdle);
        assertThat(acknowledged)
                .filteredOn(delivery -> !isMirrored(delivery, operator.story(delivery.story())))
                .isEmpty();
    }

    private static boolean isIdle(JsonObject consumer) {
        return Stream.of("pending", "parked", "replays", "dead").allMatch(work -> consumer.getInt(work) == 0);
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
