package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
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
import org.mxhooks.process.harness.Broker;
import org.mxhooks.process.harness.PayaraMicro;

/** A message is larger than the connection to the broker allows: its event is parked, and delays no other. */
@Tag("process")
class BrokerRefusesIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int MAX_FRAME = 100_000;
    private static final int OTHERS = 100;
    private static final Body STORY = Body.of("story-updated.json");

    @TempDir
    Path scratch;

    @Test
    void anEventThatIsTooLargeIsParkedAndDelaysNoOther() throws Exception {
        try (Broker broker = new Broker(scratch.resolve("broker"))) {
            broker.start();
            Map<String, String> settings = new HashMap<>(broker.settings());
            settings.merge("broker.url", "&wireFormat.maxFrameSize=" + MAX_FRAME, String::concat);
            settings.put("mxhooks.home", scratch.resolve("home").toString());
            settings.put("mxhooks.endpoint.default.secret", SECRET);
            settings.put("mxhooks.operator.password", PASSWORD);
            try (PayaraMicro server =
                    PayaraMicro.with(settings).postBoot(Broker.ADAPTER).start()) {
                Portal portal = new Portal(server.application(), "default", SECRET);
                Operator operator = new Operator(server.application(), PASSWORD);
                await().atMost(SOON)
                        .until(() -> portal.sends(STORY.story(OTHERS).named("x".repeat(MAX_FRAME)))
                                .isAcknowledged());
                for (int story = 0; story < OTHERS; story++) {
                    assertThat(portal.sends(STORY.story(story).named(String.valueOf(story)))
                                    .isAcknowledged())
                            .isTrue();
                }

                await().atMost(SOON).untilAsserted(() -> {
                    JsonObject jms = BrokerOutageIT.jms(operator);
                    assertThat(jms.getInt("pending")).isZero();
                    assertThat(jms.getInt("parked")).isOne();
                });
                assertThat(broker.receiveAll()).hasSize(OTHERS);
            }
        }
    }
}
