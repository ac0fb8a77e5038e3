package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.RawRequest;

/** What operators learn of endpoints, by the door and by meters. */
class EndpointRegistryTest {

    private Edge edge;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        edge = Edge.in(
                home,
                Map.of(
                        "mxhooks.endpoints", "default,quiet",
                        "mxhooks.endpoint.quiet.secret", "of the quiet one",
                        "mxhooks.endpoint.quiet.previous-secret", "of the quiet one before",
                        "mxhooks.max-body", "100"));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void allAreListedAlsoThoseWithoutDeliveries() throws Exception {
        assertThat(edge.restarted().all()).extracting(EndpointState::name).containsExactly("default", "quiet");
        assertThat(edge.endpointState("quiet")).satisfies(quiet -> {
            assertThat(quiet.lastDelivery()).isEmpty();
            assertThat(quiet.webhooksVersion()).isEmpty();
            assertThat(quiet.versionExpiry()).isEmpty();
            assertThat(quiet.refused()).isZero();
            assertThat(quiet.lastRefusal()).isEmpty();
        });
    }

    @Test
    void theNewestDeliveryDeterminesTheVersionAlsoAfterARestart() throws Exception {
        sent("one", "1", "2027-01-31");
        sent("another", "2", "Sun, 31 Jan 2027 12:00:00 GMT");

        assertThat(edge.restarted().all().get(0)).satisfies(state -> {
            assertThat(state.lastDelivery().orElseThrow())
                    .isBetween(
                            Instant.now().minus(Duration.ofMinutes(1)),
                            Instant.now().plusSeconds(1));
            assertThat(state.webhooksVersion()).hasValue("2");
            assertThat(state.versionExpiry()).hasValue(Instant.parse("2027-01-31T12:00:00Z"));
        });
    }

    @Test
    void aVersionThatIsNonsenseIsCutAndItsExpiryIgnored() throws Exception {
        sent("one", "\u00fc" + "9".repeat(500), "soon");

        assertThat(edge.endpointState("default")).satisfies(state -> {
            assertThat(state.webhooksVersion().orElseThrow())
                    .startsWith("\\u00fc99")
                    .hasSizeLessThan(60);
            assertThat(state.versionExpiry()).isEmpty();
        });
    }

    @Test
    void theNewestDeliveryWithoutExpiryEndsIt() throws Exception {
        sent("one", "1", "2027-01-31");
        sent("another", "2", "");

        assertThat(edge.endpointState("default").versionExpiry()).isEmpty();
    }

    @Test
    void refusalsAreCountedByReason() throws Exception {
        byte[] body = "{}".getBytes(UTF_8);
        edge.post(body).send().isProblem(401);
        edge.post(body).header("MxAPI-Signature", "x").send().isProblem(401);
        edge.post(body).header("MxAPI-Signature", "y").send().isProblem(401);
        edge.signed(new byte[101]).send().isProblem(413);
        edge.request("POST", "hooks/nobody").body(body).send().isProblem(404);

        assertThat(refused("default", "signature_missing")).isOne();
        assertThat(refused("default", "signature_invalid")).isEqualTo(2);
        assertThat(refused("default", "too_large")).isOne();
        assertThat(refused("default", "unavailable")).isZero();
        assertThat(refused("", "unknown_endpoint")).isOne();
        assertThat(edge.endpointState("default").refused()).isEqualTo(4);
        assertThat(edge.endpointState("quiet").refused()).isZero();
    }

    @Test
    void requestsForUnknownEndpointsAreLoggedOnceASecondEscapedAndCut() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 20; i++) {
                Answer answer = edge.request("POST", "hooks/defualt%0Ax" + "y".repeat(500))
                        .declaring(0)
                        .send()
                        .isProblem(404);
                assertThat(answer.body()).as("names no setting").doesNotContain("mxhooks.endpoints");
            }

            assertThat(log.lines().get(0))
                    .startsWith(
                            "Requests for endpoints that do not exist since the previous entry: 1. Latest: 'defualt\\u000axyy")
                    .endsWith("…'; mxhooks.endpoints lists the endpoints")
                    .hasSizeLessThan(250);
            assertThat(log.lines()).hasSizeLessThan(20);
        }
    }

    @Test
    void aRotationShowsWhetherThePreviousSecretIsStillUsed() throws Exception {
        edge.signed("{\"n\":1}".getBytes(UTF_8)).send();
        assertThat(edge.endpointState("default").lastPreviousSecretUse()).isEmpty();
        assertThat(verified("default", "current")).isOne();
        assertThat(verified("default", "previous")).isZero();

        byte[] body = "{\"n\":2}".getBytes(UTF_8);
        edge.request("POST", "hooks/quiet")
                .body(body)
                .header("MxAPI-Signature", new ProjectsSigner("of the quiet one before").sign(body))
                .send();
        edge.post("{\"n\":3}".getBytes(UTF_8)).header("MxAPI-Signature", "x").send();
        assertThat(verified("quiet", "previous")).isOne();
        assertThat(verified("quiet", "current")).isZero();
        assertThat(verified("default", "current")).isOne();
        assertThat(edge.endpointState("quiet").lastPreviousSecretUse().orElseThrow())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(1)),
                        Instant.now().plusSeconds(1));
    }

    @Test
    void anotherPreviousSecretHasNotBeenUsedYet(@TempDir Path home) throws Exception {
        Path file = Files.writeString(home.resolve("previous"), "the first");
        byte[] body = "{}".getBytes(UTF_8);
        try (Edge rotating = Edge.in(
                home.resolve("rotating"), Map.of("mxhooks.endpoint.default.previous-secret-file", file.toString()))) {
            rotating.post(body)
                    .header("MxAPI-Signature", new ProjectsSigner("the first").sign(body))
                    .send();
            assertThat(rotating.endpointState("default").lastPreviousSecretUse())
                    .isPresent();

            Files.writeString(file, "the second");

            await().untilAsserted(
                            () -> assertThat(rotating.endpointState("default").lastPreviousSecretUse())
                                    .isEmpty());
        }
    }

    @Test
    void whatPassesIsCountedAndTimed() {
        sent("one", "1", "");
        sent("one", "1", "");
        sent("another", "1", "");
        edge.inbox().close();
        edge.signed("{}".getBytes(UTF_8)).send().isProblem(503);

        assertThat(count("mxhooks.accepted")).isEqualTo(2);
        assertThat(count("mxhooks.duplicates")).isOne();
        assertThat(refused("default", "unavailable")).isOne();
        assertThat(edge.meters()
                        .get("mxhooks.answer")
                        .tag("endpoint", "default")
                        .timer()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void beyondTheBudgetOfUnverifiedBytesSendersAreAskedToComeAgain() throws Exception {
        byte[] body = "{}".getBytes(UTF_8);
        edge.limitUnverified(new ByteBudget(1));
        Answer answer = edge.signed(body).send().isProblem(503);

        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(refused("default", "overloaded")).isOne();
        edge.limitUnverified(new ByteBudget(1000));
        assertThat(edge.signed(body).send().status()).isEqualTo(202);
        edge.signed(new byte[101]).send().isProblem(413);
        edge.post(body).send().isProblem(401);
        assertThat(edge.meters().get("mxhooks.unverified.bytes").gauge().value())
                .isZero();
    }

    private void sent(String name, String version, String expiry) {
        RawRequest request = edge.signed("{\"Name\":\"%s\"}".formatted(name).getBytes(UTF_8))
                .header("mxapi-webhooks-version", version)
                .header("mxapi-webhooks-version-expiry", expiry);
        assertThat(request.send().status()).isIn(200, 202);
    }

    private double count(String meter) {
        return edge.meters().get(meter).tag("endpoint", "default").counter().count();
    }

    private double verified(String endpoint, String secret) {
        return edge.meters()
                .get("mxhooks.verified")
                .tags("endpoint", endpoint, "secret", secret)
                .counter()
                .count();
    }

    private double refused(String endpoint, String reason) {
        return edge.meters()
                .get("mxhooks.refused")
                .tags("endpoint", endpoint, "reason", reason)
                .counter()
                .count();
    }
}
