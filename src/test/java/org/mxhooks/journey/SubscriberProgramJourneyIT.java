package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Ports;

/** The subscriber under {@code src/it}, as the README runs it. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class SubscriberProgramJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** What is sent twice is a duplicate. */
    private static final String RUN = UUID.randomUUID().toString();

    private final int port = Ports.free();

    @TempDir
    private Path home;

    private Path output;
    private Process program;

    @BeforeEach
    void knowThePassword() throws IOException {
        Files.writeString(home.resolve("operator.password"), System.getProperty("operator.password"));
        output = home.resolve("output");
    }

    @AfterEach
    void end() throws InterruptedException {
        program.destroy();
        program.waitFor();
    }

    @Test
    void printsWhatItVerifiedAlsoWhenItIsStartedAgain() throws IOException, InterruptedException {
        start();
        JourneyServer.portal().sends(Body.of("story-updated.json").story(82_000).named("first" + RUN));
        awaitLine("Story +updated +Running +first" + RUN);
        end();

        start();
        JourneyServer.portal().sends(Body.of("story-updated.json").story(82_001).named("second" + RUN));
        awaitLine("Story +updated +Running +second" + RUN);
    }

    @Test
    void refusesWhatIsNotSigned() throws IOException, InterruptedException {
        start();
        HttpRequest forged = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/".formatted(port)))
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", String.valueOf(Instant.now().getEpochSecond()))
                .header("webhook-signature", "v1,AAAA")
                .POST(BodyPublishers.ofString("{\"Action\":\"updated\",\"Story\":{\"Name\":\"forged\"}}"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(forged, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
        assertThat(Files.readString(output)).doesNotContain("forged");
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "src/it/subscriber/src/Subscriber.java",
                JourneyServer.application().toString().replaceFirst("/$", ""),
                String.valueOf(port));
        builder.environment().put("MXHOOKS_HOME", home.toString());
        program = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        awaitLine("Subscribed at .*");
    }

    private void awaitLine(String line) {
        await().atMost(SOON)
                .failFast(() -> assertThat(program.isAlive())
                        .as(Files.readString(output, UTF_8))
                        .isTrue())
                .untilAsserted(() -> assertThat(Files.readString(output, UTF_8).lines())
                        .anyMatch(one -> one.strip().matches(line)));
    }
}
