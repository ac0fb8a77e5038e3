package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.RawRequest;
import org.mxhooks.StandardSigner;

/** An endpoint of the scheme {@code standard-webhooks}, whose signatures cover an id and a time beside the body. */
class SignedIdSchemeTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String PREVIOUS = "the previous secret";
    private static final byte[] BODY = "{\"a\":1}".getBytes(UTF_8);
    private static final byte[] OTHER = "{\"a\":2}".getBytes(UTF_8);

    private Edge edge;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        edge = Edge.in(
                home,
                Map.of(
                        "mxhooks.endpoint.default.scheme",
                        "standard-webhooks",
                        "mxhooks.endpoint.default.secret",
                        SECRET,
                        "mxhooks.endpoint.default.previous-secret",
                        PREVIOUS));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void theSignedIdMakesADuplicateAndNotTheBody() throws Exception {
        Answer first = signed("msg_1", BODY).send();
        Answer again = signed("msg_1", BODY).send();
        Answer another = signed("msg_2", BODY).send();

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.delivery()).isEqualTo(first.delivery());
        assertThat(another.status()).isEqualTo(202);
        assertThat(edge.kept(first).portalId()).isEqualTo("msg_1");
        assertThat(edge.endpointState("default").lastDelivery()).isPresent();
        assertThat(changedBodies()).isZero();
    }

    @Test
    void theLongestIdIsKeptWhole() throws Exception {
        String id = "m".repeat(256);

        assertThat(edge.kept(signed(id, BODY).send()).portalId()).isEqualTo(id);
    }

    @Test
    void ofTwoBodiesUnderOneIdTheFirstIsKeptAndTheOtherReported() throws Exception {
        Answer first = signed("msg_1", BODY).send();
        try (CapturedLog log = new CapturedLog()) {
            Answer again = signed("msg_1", OTHER).send();

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.delivery()).isEqualTo(first.delivery());
            assertThat(log.lines())
                    .containsExactly(
                            "Duplicates with another body on endpoint default since the previous entry: 1. Latest: id 'msg_1'; delivery %s, which was first, is kept. Ask the sender why it uses an id twice"
                                    .formatted(first.delivery()));
        }
        assertThat(edge.kept(first).body()).isEqualTo(BODY);
        assertThat(changedBodies()).isOne();
    }

    /** Lines of one header are one value: an id with a comma is not two. */
    @Test
    void anIdThatIsSentInTwoLinesIsTheOneThatWasSigned() {
        Answer first = signed("msg_1,msg_2", BODY).send();
        Map<String, String> headers = new StandardSigner(SECRET).sign("msg_1,msg_2", Instant.now(), BODY);

        Answer again = edge.post(BODY)
                .header("webhook-id", "msg_1")
                .header("webhook-id", "msg_2")
                .header("webhook-timestamp", headers.get("webhook-timestamp"))
                .header("webhook-signature", headers.get("webhook-signature"))
                .send();

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.delivery()).isEqualTo(first.delivery());
    }

    /** The prefix marks headers that the application hides from the runtime; anybody can send it. */
    @Test
    void noHeaderOfAnotherNameIsTakenForASignedOne() {
        Answer answer = signed("msg_1", BODY)
                .header("Mxhooks-Sent-webhook-id", "msg_2")
                .header("Mxhooks-Sent-webhook-signature", "v1,x")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(signed("msg_1", BODY).send().status()).isEqualTo(200);
    }

    @Test
    void anUnsignedRequestIsAskedForTheSchemesHeader() {
        assertThat(edge.post(BODY).send().isProblem(401).header("WWW-Authenticate"))
                .isEqualTo("webhook-signature");
    }

    @Test
    void aTimeThatIsOffIsRefusedForThatReason() throws Exception {
        signed("msg_1", BODY, SECRET, Instant.now().minus(Duration.ofMinutes(6)))
                .send()
                .isProblem(401);

        assertThat(edge.meters()
                        .get("mxhooks.refused")
                        .tags("endpoint", "default", "reason", "timestamp_invalid")
                        .counter()
                        .count())
                .isOne();
        assertThat(edge.endpointState("default").lastRefusal().orElseThrow().why())
                .startsWith("clock off. The signature is correct, but the timestamp is 6 min")
                .contains("mxhooks.endpoint.default.tolerance.")
                .endsWith("'msg_1'");
    }

    @Test
    void aRequestThatIsSignedByAnotherSchemeIsReportedSo() throws Exception {
        edge.signed(BODY).send().isProblem(401);

        assertThat(edge.endpointState("default").lastRefusal().orElseThrow().why())
                .startsWith(
                        "other scheme. The request is signed by the scheme projects and not by standard-webhooks: set the scheme to it,")
                .contains("The setting is mxhooks.endpoint.default.scheme.");
    }

    @Test
    void aHeaderOfAThousandSignaturesIsRefused() throws Exception {
        RawRequest request = edge.post(BODY)
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", String.valueOf(Instant.now().getEpochSecond()))
                .header("webhook-signature", "v1,AAAA ".repeat(200) + ("v1," + "A".repeat(43) + "= ").repeat(20));

        request.send().isProblem(401);

        assertThat(edge.endpointState("default").lastRefusal().orElseThrow().why())
                .startsWith("malformed signature");
    }

    @Test
    void thePreviousSecretVerifiesToo() throws Exception {
        assertThat(signed("msg_1", BODY, PREVIOUS, Instant.now()).send().status())
                .isEqualTo(202);

        assertThat(edge.endpointState("default").lastPreviousSecretUse()).isPresent();
    }

    @Test
    void aSecretFileThatCannotBeUsedLeavesTheLastSecretInUse(@TempDir Path home) throws Exception {
        Path file = Files.writeString(home.resolve("secret"), SECRET);
        try (Edge rotated = Edge.in(
                        home,
                        Map.of(
                                "mxhooks.endpoint.default.scheme",
                                "standard-webhooks",
                                "mxhooks.endpoint.default.secret-file",
                                file.toString()));
                CapturedLog log = new CapturedLog()) {
            Files.writeString(file, "whsec_too+short");
            await().until(() -> {
                assertThat(send(rotated, SECRET).status()).isEqualTo(202);
                return log.lines().stream().anyMatch(line -> line.contains("cannot be used"));
            });
            assertThat(log.lines())
                    .containsOnlyOnce(
                            "Secret file %s cannot be used, its last value remains in use: what follows whsec_ in the secret is not Base64; copy the secret again, or use the key derivation raw"
                                    .formatted(file));

            Files.writeString(file, PREVIOUS);
            await().until(() -> send(rotated, PREVIOUS).status() == 202);
            assertThat(send(rotated, SECRET).status()).isEqualTo(401);
        }
    }

    private static Answer send(Edge edge, String secret) {
        RawRequest request = edge.post(BODY);
        new StandardSigner(secret)
                .sign("msg_" + UUID.randomUUID(), Instant.now(), BODY)
                .forEach(request::header);
        return request.send();
    }

    @Test
    void aProbeIsAnsweredAndNotKept() throws Exception {
        byte[] probe = "{\"probe\":1}".getBytes(UTF_8);

        assertThat(signed("msg_1", probe).send().json().getString("receipt")).isEqualTo("probe");
        assertThat(signed("msg_1", BODY).send().status()).isEqualTo(202);
    }

    private double changedBodies() {
        return edge.meters()
                .get("mxhooks.duplicates.changed")
                .tag("endpoint", "default")
                .counter()
                .count();
    }

    private RawRequest signed(String id, byte[] body) {
        return signed(id, body, SECRET, Instant.now());
    }

    private RawRequest signed(String id, byte[] body, String secret, Instant at) {
        RawRequest request = edge.post(body);
        new StandardSigner(secret).sign(id, at, body).forEach(request::header);
        return request;
    }
}
