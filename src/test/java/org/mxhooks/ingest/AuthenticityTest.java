package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mxhooks.ProjectsSigner.SHA256_50;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.RawRequest;
import org.mxhooks.WireFiles;

class AuthenticityTest {

    private static final byte[] BODY = WireFiles.bytes("bodies/story-updated.json");
    private static final String PREVIOUS = "the previous secret";

    private static Path rotated;
    private static Edge edge;

    private final CapturedLog log = new CapturedLog();

    /** An endpoint for each key derivation, of its name; the secret of each endpoint is "secret of" its name. */
    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        rotated = Files.writeString(home.resolve("rotated"), "secret of rotated\n");
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "mxhooks.endpoints",
                "default,sha256-50,sha256,raw,rotated,quiet,missing,malformed,repeated,changed,spaced,large,large-unsigned");
        Stream.of(
                        "sha256-50",
                        "sha256",
                        "raw",
                        "quiet",
                        "missing",
                        "malformed",
                        "repeated",
                        "changed",
                        "spaced",
                        "large",
                        "large-unsigned")
                .forEach(name -> settings.put("mxhooks.endpoint." + name + ".secret", "secret of " + name));
        Stream.of("sha256", "raw").forEach(name -> settings.put("mxhooks.endpoint." + name + ".key-derivation", name));
        settings.put("mxhooks.endpoint.default.previous-secret", PREVIOUS);
        settings.put("mxhooks.endpoint.rotated.secret-file", rotated.toString());
        edge = Edge.in(home, settings);
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    @AfterEach
    void noSecretIsLogged() {
        log.close();
        assertThat(log.lines())
                .noneMatch(line -> line.contains(Edge.SECRET) || line.contains(PREVIOUS) || line.contains("secret of"));
        assertThat(log.stackTraces()).isEmpty();
    }

    @Test
    void aMissingSignatureIsAskedFor() {
        Answer answer = edge.post(BODY).send().isProblem(401);

        assertThat(answer.header("WWW-Authenticate")).isEqualTo("MxAPI-Signature");
        assertThat(answer.json().getString("detail")).isEqualTo("The header MxAPI-Signature is missing.");
    }

    /** The prefix marks headers that the application hides from the runtime; anybody can send it. */
    @Test
    void noHeaderOfAnotherNameIsTakenForTheSignature() {
        byte[] body = "{\"signed\":true}".getBytes(UTF_8);

        assertThat(edge.signed(body)
                        .header("Mxhooks-Sent-MxAPI-Signature", "x")
                        .send()
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "()", "x", "a,b", "é", "====", Edge.SECRET})
    void aMalformedSignatureIsRefused(String signature) {
        refused("default", signature);
    }

    @Test
    void aSignatureOfAnythingElseIsRefused() {
        String right = Edge.signature(BODY);

        refused("default", "0".repeat(64));
        refused("default", "A".repeat(43) + "=");
        refused("default", "A".repeat(4000));
        refused("default", Edge.signature("another body".getBytes(UTF_8)));
        refused("default", signature("another secret", SHA256_50));
        refused("default", right.substring(1));
        refused("default", right + "," + right);
    }

    @Test
    void theSignatureMayBeSpelledInHexAndInParentheses() {
        String base64 = Edge.signature(BODY);
        String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(base64));

        verified("default", hex);
        verified("default", "(" + hex.toUpperCase() + ")");
        verified("default", "  ( " + base64 + " )\t");
    }

    @Test
    void thePreviousSecretVerifiesToo() {
        verified("default", Edge.signature(BODY));
        verified("default", signature(PREVIOUS, SHA256_50));
    }

    @Test
    void anEndpointKnowsNoSecretButItsOwn() {
        refused("default", signature("secret of sha256-50", SHA256_50));
        refused("rotated", Edge.signature(BODY));
        refused("rotated", signature(PREVIOUS, SHA256_50));
    }

    @ParameterizedTest
    @MethodSource("org.mxhooks.ProjectsSigner#keyDerivations")
    void onlyTheConfiguredDerivationVerifiesAndAnotherIsLoggedForTheOperatorOnly(String endpoint) {
        String secret = "secret of " + endpoint;

        verified(endpoint, signature(secret, endpoint));
        List<String> others = ProjectsSigner.keyDerivations().stream()
                .filter(derivation -> !derivation.equals(endpoint))
                .toList();
        assertThat(others)
                .allSatisfy(other -> assertThat(
                                refused(endpoint, signature(secret, other)).body())
                        .doesNotContain("derivation", other));
        assertThat(log.lines())
                .first()
                .asString()
                .contains("Latest: other derivation.", "to " + others.get(0))
                .endsWith("The setting is mxhooks.endpoint.%s.key-derivation.".formatted(endpoint));
    }

    @Test
    void aSecretThatIsRotatedInItsFileIsPickedUp() throws IOException {
        verified("rotated", signature("secret of rotated", SHA256_50));

        Files.writeString(rotated, "another secret of rotated\n");

        String another = signature("another secret of rotated", SHA256_50);
        await().until(() -> request("rotated", another).send().status() == 200);
        refused("rotated", signature("secret of rotated", SHA256_50));
    }

    @Test
    void theLogNamesTheCauseAndThePortalsId() throws SQLException {
        String reserialized =
                signature("secret of spaced", new String(BODY, UTF_8).strip().getBytes(UTF_8));
        String changed = signature("secret of spaced", "another body".getBytes(UTF_8));

        assertThat(cause("missing", edge.request("POST", "hooks/missing").body(BODY)))
                .startsWith("missing signature. ");
        assertThat(cause("malformed", request("malformed", "x"))).startsWith("malformed signature. ");
        String valid = signature("secret of repeated", BODY);
        assertThat(cause("repeated", request("repeated", valid).header("MxAPI-Signature", valid)))
                .startsWith("repeated signature. The signature header occurs more than once");
        assertThat(cause("changed", request("changed", changed).header("MxAPI-Projects-Delivery", "4711")))
                .startsWith("wrong secret. ")
                .endsWith(" The portal's id for it, unverified: '4711'");
        assertThat(cause("spaced", request("spaced", reserialized))).startsWith("re-serialized body. ");
    }

    @Test
    void aLargeBodyIsNotDiagnosedUnlessItsSignatureAloneShowsWhy() throws SQLException {
        byte[] large = "x".repeat(Diagnoses.MAX_BODY + 1).getBytes(UTF_8);
        RawRequest request = edge.request("POST", "hooks/large").body(large);

        assertThat(cause("large", request.header("MxAPI-Signature", signature("another secret", large))))
                .startsWith("not diagnosed: the body is larger than 64 KiB.");
        assertThat(cause(
                        "large-unsigned",
                        edge.request("POST", "hooks/large-unsigned").body(large)))
                .startsWith("missing signature. ");
    }

    @Test
    void oneRefusalIsDiagnosedAtATime() {
        Diagnoses diagnoses = new Diagnoses();

        assertThat(diagnoses.alone(() -> diagnoses.alone(() -> "diagnosed"))).startsWith("not diagnosed: another");
        assertThat(diagnoses.alone(() -> "diagnosed")).isEqualTo("diagnosed");
    }

    @Test
    void whatAStrangerSendsIsLoggedEscapedAndCut() {
        request("quiet", "stranger")
                .header("User-Agent", "stranger")
                .header("MxAPI-Projects-Delivery", "a\u001b[31m'\\\u00e9" + "x".repeat(5000) + "stranger")
                .send()
                .isProblem(401);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("refused on endpoint quiet")
                .contains("'a\\u001b[31m\\'\\\\\\u00e9xxx")
                .endsWith("x…'")
                .hasSizeLessThan(400)
                .doesNotContain("stranger");
    }

    /** The cause that is logged of a request to an endpoint that refused none before. */
    private static String cause(String endpoint, RawRequest request) throws SQLException {
        request.send().isProblem(401);
        return edge.endpointState(endpoint).lastRefusal().orElseThrow().why();
    }

    private static void verified(String endpoint, String signature) {
        assertThat(request(endpoint, signature).send().status()).isIn(200, 202);
    }

    private static Answer refused(String endpoint, String signature) {
        return request(endpoint, signature).send().isProblem(401);
    }

    private static RawRequest request(String endpoint, String signature) {
        return edge.request("POST", "hooks/" + endpoint).body(BODY).header("MxAPI-Signature", signature);
    }

    private static String signature(String secret, String derivation) {
        return new ProjectsSigner(secret, derivation).sign(BODY);
    }

    private static String signature(String secret, byte[] body) {
        return new ProjectsSigner(secret).sign(body);
    }
}
