package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Named.named;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;

/** Which messages of the Standard Webhooks specification verify. */
class StandardVectorsTest {

    private static final Scheme SCHEME = Schemes.of("standard-webhooks");
    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    static Stream<Named<JsonObject>> vectors() {
        try (JsonReader reader = Json.createReader(new StringReader(WireFiles.text("signatures.json")))) {
            return reader.readObject().getJsonArray("vectors").getValuesAs(JsonObject.class).stream()
                    .filter(vector -> vector.getString("scheme").equals("standard-webhooks"))
                    .map(vector -> named(vector.getString("name") + ": " + vector.getString("why"), vector))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void exactlyTheValidVectorsVerify(JsonObject vector) {
        HmacKey key = SCHEME.key(vector.getString("secret"));

        Verdict verdict = SCHEME.verify(request(vector), List.of(key), at(vector));

        assertThat(verdict.equals(new Verdict.Authentic(key))).isEqualTo(vector.getBoolean("valid"));
    }

    /** Without those of which the list is the point. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void signingReproducesTheValidVectors(JsonObject vector) {
        Map<String, String> headers = SCHEME.sign(
                new Message(vector.getString("id"), Optional.empty(), body(vector)),
                SCHEME.key(vector.getString("secret")),
                at(vector));

        assertThat(List.of(vector.getString("signature").split(" ")).contains(headers.get("webhook-signature")))
                .isEqualTo(vector.getBoolean("valid"));
    }

    @Test
    void whatIsSignedOnceVerifies() {
        assertThat(verify(signed("msg_1"), BODY)).isInstanceOf(Verdict.Authentic.class);
        assertThat(verify(signed("msg_1"), "{ }".getBytes(UTF_8))).isInstanceOf(Verdict.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "300, true", "-301, false", "301, false", "0, true", "-86400, false", "86400, false"})
    void theTimestampMayBeOffByTheToleranceEitherWay(long seconds, boolean accepted) {
        Map<String, String> headers = signed("msg_1", NOON.plusSeconds(seconds));

        Verdict verdict = verify(headers, BODY, InstantSource.fixed(NOON.plusMillis(900)));

        assertThat(verdict instanceof Verdict.Authentic).isEqualTo(accepted);
        assertThat(accepted || reason(verdict) == Verdict.Reason.TIMESTAMP_INVALID)
                .isTrue();
    }

    @Test
    void theToleranceIsTheEndpoints() {
        Scheme strict = Schemes.of("standard-webhooks", "auto", Duration.ofSeconds(10));
        SignedRequest request = request(signed("msg_1", NOON.minusSeconds(11)), BODY);

        assertThat(strict.verify(request, List.of(strict.key(SECRET)), InstantSource.fixed(NOON)))
                .isEqualTo(
                        new Verdict.Rejected(
                                Verdict.Reason.TIMESTAMP_INVALID,
                                "The timestamp is 11 s behind the receiver's clock; 10 s is allowed. Synchronize the clocks, or sign the delivery again with the current time."));
    }

    /** Each is signed as it is sent, so that it is the form that is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "1772445600.5",
                "+1772445600",
                "-1772445600",
                "1e9",
                "0x10",
                "١٧٧٢٤٤٥٦٠٠",
                "1772445600000",
                "17724456000000000",
                "99999999999999999999999999",
                "1772445600 ,1772445600"
            })
    void aTimestampThatIsNotPlainSecondsIsRefused(String timestamp) {
        Verdict verdict = verify(signedAs("msg_1", timestamp), BODY);

        assertThat(reason(verdict)).isEqualTo(Verdict.Reason.TIMESTAMP_INVALID);
        assertThat(((Verdict.Rejected) verdict).detail().contains("in milliseconds"))
                .isEqualTo(timestamp.equals("1772445600000"));
    }

    @ParameterizedTest
    @MethodSource("wrongIds")
    void anIdThatIsEmptyLongOrHasADotIsRefused(String id) {
        assertThat(reason(verify(signedAs(id, seconds(NOON)), BODY))).isEqualTo(Verdict.Reason.ID_INVALID);
    }

    static Stream<String> wrongIds() {
        return Stream.of("", " ", "msg.1", ".", "m".repeat(257));
    }

    @Test
    void anIdMayHave256Characters() {
        assertThat(verify(signedAs("m".repeat(256), seconds(NOON)), BODY)).isInstanceOf(Verdict.Authentic.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void eachHeaderIsRequired(String name) {
        Map<String, String> headers = signed("msg_1");
        headers.remove(name);

        Verdict verdict = verify(headers, BODY);

        assertThat(((Verdict.Rejected) verdict).detail()).startsWith("The header " + name + " is missing");
    }

    @Test
    void oneValidSignatureOfAListSuffices() {
        String valid = signed("msg_1").get("webhook-signature");
        String other = "v1," + "A".repeat(43) + "=";

        assertThat(List.of(other + " " + valid, valid + " " + other, "v2,x  v1a,y v1,= " + valid, "x " + valid + " "))
                .allMatch(list -> verifies(list));
        assertThat(List.of(
                        other,
                        "v2" + valid.substring(2),
                        valid.substring(3),
                        valid + "," + valid,
                        "v1," + valid,
                        "V1" + valid.substring(2)))
                .noneMatch(list -> verifies(list));
    }

    @Test
    void noMoreThan32SignaturesAreLookedAt() {
        String valid = signed("msg_1").get("webhook-signature");

        assertThat(verifies(others(31) + " " + valid)).isTrue();
        assertThat(verifies(others(32) + " " + valid)).isFalse();
        Map<String, String> thousand = signed("msg_1");
        thousand.put("webhook-signature", others(1000));
        assertThat(verify(thousand, BODY))
                .isEqualTo(new Verdict.Rejected(
                        Verdict.Reason.SIGNATURE_INVALID,
                        "None of the first 32 signatures matches; the others are not looked at."));
    }

    @Test
    void bothSecretsOfARotationVerify() {
        HmacKey current = SCHEME.key("the current secret");
        HmacKey previous = SCHEME.key(SECRET);

        assertThat(SCHEME.verify(request(signed("msg_1"), BODY), List.of(current, previous), InstantSource.fixed(NOON)))
                .isEqualTo(new Verdict.Authentic(previous));
    }

    @Test
    void theDerivationDecidesWhatBehindThePrefixMeans() {
        byte[] key = Base64.getDecoder().decode(SECRET.substring(6));

        assertThat(StandardKey.AUTO.bytes(SECRET)).isEqualTo(key);
        assertThat(StandardKey.RAW.bytes(SECRET)).isEqualTo(SECRET.getBytes(UTF_8));
        assertThat(StandardKey.AUTO.bytes(SECRET.substring(6)))
                .isEqualTo(SECRET.substring(6).getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "whsec_, is the Base64 of 0 bytes",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY, is the Base64 of 23 bytes",
        "whsec_not base64, is not Base64",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY-_, is not Base64"
    })
    void aSecretThatIsNotWhatItsPrefixSaysIsRefused(String secret, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StandardKey.AUTO.key(secret))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("AAECAw"));
        assertThat(StandardKey.RAW.key(secret)).hasToString("****");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptySecretIsRefused(StandardKey derivation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> derivation.key(""))
                .withMessage("the secret is empty");
    }

    /** As curl sends it in UTF-8, and as fetch does in ISO 8859-1: servers read both in the latter. */
    @ParameterizedTest
    @ValueSource(strings = {"msg_\u00fc", "msg_\u00c3\u00bc"})
    void anIdBeyondAsciiIsOneIdentityInBothEncodings(String asRead) {
        Map<String, String> headers = new HashMap<>(signedAs("msg_\u00fc", seconds(NOON)));
        headers.put("webhook-id", asRead);

        assertThat(verify(headers, BODY)).isInstanceOf(Verdict.Authentic.class);
        assertThat(SCHEME.identity(request(headers, BODY))).isEqualTo(identity("msg_\u00fc", "{}"));
    }

    @Test
    void theSignedIdAloneIsTheIdentity() {
        assertThat(identity("msg_1", "{}"))
                .isEqualTo(identity("msg_1", "{ }"))
                .isNotEqualTo(identity("msg_2", "{}"))
                .hasSizeBetween(1, 64);
    }

    private static byte[] identity(String id, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return SCHEME.identity(request(signed(id), bytes));
    }

    private static String others(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "v1," + "A".repeat(43) + "=")
                .collect(Collectors.joining(" "));
    }

    private static boolean verifies(String signatures) {
        Map<String, String> headers = signed("msg_1");
        headers.put("webhook-signature", signatures);
        return verify(headers, BODY) instanceof Verdict.Authentic;
    }

    private static Map<String, String> signed(String id) {
        return signed(id, NOON);
    }

    private static Map<String, String> signed(String id, Instant at) {
        return SCHEME.sign(new Message(id, Optional.empty(), BODY), SCHEME.key(SECRET), InstantSource.fixed(at));
    }

    /** With a signature of exactly these texts. */
    private static Map<String, String> signedAs(String id, String timestamp) {
        byte[] content = StandardMessage.content(id, timestamp, BODY);
        return new HashMap<>(Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                StandardSignatures.of(content, SCHEME.key(SECRET)).text()));
    }

    private static String seconds(Instant time) {
        return String.valueOf(time.getEpochSecond());
    }

    private static Verdict verify(Map<String, String> headers, byte[] body) {
        return verify(headers, body, InstantSource.fixed(NOON));
    }

    private static Verdict verify(Map<String, String> headers, byte[] body, InstantSource clock) {
        return SCHEME.verify(request(headers, body), List.of(SCHEME.key(SECRET)), clock);
    }

    private static Verdict.Reason reason(Verdict verdict) {
        return ((Verdict.Rejected) verdict).reason();
    }

    private static SignedRequest request(JsonObject vector) {
        return request(
                Map.of(
                        "webhook-id",
                        vector.getString("id"),
                        "webhook-timestamp",
                        vector.getString("timestamp"),
                        "webhook-signature",
                        vector.getString("signature")),
                body(vector));
    }

    private static SignedRequest request(Map<String, String> headers, byte[] body) {
        return new SignedRequest(name -> Optional.ofNullable(headers.get(name)), body);
    }

    private static byte[] body(JsonObject vector) {
        return WireFiles.bytes(vector.getString("bodyFile"));
    }

    /** The clock of the vectors stands at their timestamps. */
    private static InstantSource at(JsonObject vector) {
        String timestamp = vector.getString("timestamp");
        return InstantSource.fixed(
                timestamp.matches("[0-9]+") ? Instant.ofEpochSecond(Long.parseLong(timestamp)) : NOON);
    }
}
