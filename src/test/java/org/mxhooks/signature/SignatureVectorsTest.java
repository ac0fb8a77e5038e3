package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mxhooks.signature.ProjectsKey.RAW;
import static org.mxhooks.signature.ProjectsKey.SHA256;
import static org.mxhooks.signature.ProjectsKey.SHA256_50;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;

class SignatureVectorsTest {

    private static final String SECRET = "a secret to keep";
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final Scheme SCHEME = Schemes.of("projects");
    private static final Clock CLOCK = Clock.systemUTC();

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void theDefaultDerivationAcceptsExactlyTheValidVectors(Vector vector) {
        assertThat(vector.verifiesWith(SHA256_50)).isEqualTo(vector.valid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("validBase64Vectors")
    void signingReproducesTheValidVectors(Vector vector) {
        assertThat(sign(vector.body(), SHA256_50.key(vector.secret()))).isEqualTo(vector.signature());
    }

    @ParameterizedTest
    @MethodSource("vectorsOfOtherDerivations")
    void anotherDerivationIsAcceptedOnlyWhereItIsConfigured(String name, ProjectsKey configured) {
        Vector vector = vector(name);

        assertThat(Stream.of(ProjectsKey.values()).filter(vector::verifiesWith)).containsExactly(configured);
    }

    @Test
    void theKeyIsTheHexOfFiftyBytesAsCommunityCommonsHashesIt() {
        JsonObject keyOf = signatures().getJsonObject("keyOf");

        assertThat(SHA256_50.bytes(keyOf.getString("secret"))).asString(UTF_8).isEqualTo(keyOf.getString("sha256-50"));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSignedVerifiesInEverySpelling(ProjectsKey derivation) {
        HmacKey key = derivation.key(SECRET);
        String value = sign(BODY, key);

        assertThat(List.of(value, "(" + value + ")", " ( " + value + " )\t"))
                .allMatch(spelling -> verifies(spelling, BODY, key));
        assertThat(verifies(value, "{ }".getBytes(UTF_8), key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "()", "((", "====", "\0", "(\ud800)", "0x00"})
    void whatIsNoDigestIsNotValidAndNoError(String value) {
        assertThat(verifies(value, BODY, SHA256_50.key(SECRET))).isFalse();
    }

    @Test
    void onlyOnePairOfParenthesesIsTakenOff() {
        HmacKey key = SHA256_50.key(SECRET);
        String value = sign(BODY, key);

        assertThat(List.of("((" + value + "))", "(" + value, value + ")", ")" + value + "("))
                .noneMatch(spelling -> verifies(spelling, BODY, key));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptySecretIsRefused(ProjectsKey derivation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> derivation.key(""))
                .withMessage("the secret is empty");
    }

    @ParameterizedTest
    @EnumSource
    void theTextOfAKeyShowsNeitherSecretNorKey(ProjectsKey derivation) {
        assertThat(derivation.key(SECRET).toString())
                .doesNotContain(SECRET)
                .doesNotContain(new String(derivation.bytes(SECRET), UTF_8));
    }

    private static String sign(byte[] body, HmacKey key) {
        return SCHEME.sign(new Message("an id", Optional.empty(), body), key, CLOCK)
                .get(SCHEME.signatureHeader());
    }

    private static boolean verifies(String value, byte[] body, HmacKey key) {
        SignedRequest request = new SignedRequest(
                name -> Optional.of(value).filter(sent -> name.equals(SCHEME.signatureHeader())), body);
        return SCHEME.verify(request, List.of(key), CLOCK).equals(new Verdict.Authentic(key));
    }

    /** Parameterized tests fail where their source is empty, so vectors that are not found are not passed over. */
    static Stream<Named<Vector>> vectors() {
        return projects().map(vector -> named(vector.name() + ": " + vector.why(), vector));
    }

    static Stream<Named<Vector>> validBase64Vectors() {
        return projects()
                .filter(vector -> vector.valid() && vector.name().endsWith(", base64"))
                .map(vector -> named(vector.name(), vector));
    }

    static Stream<Arguments> vectorsOfOtherDerivations() {
        return Stream.of(arguments("key = raw secret", RAW), arguments("key = 32-byte hash", SHA256));
    }

    private static Vector vector(String name) {
        return projects()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Vector> projects() {
        return signatures().getJsonArray("vectors").getValuesAs(JsonObject.class).stream()
                .filter(vector -> vector.getString("scheme").equals("projects"))
                .map(Vector::new);
    }

    private static JsonObject signatures() {
        try (JsonReader reader = Json.createReader(new StringReader(WireFiles.text("signatures.json")))) {
            return reader.readObject();
        }
    }

    record Vector(JsonObject json) {

        String name() {
            return json.getString("name");
        }

        String why() {
            return json.getString("why");
        }

        String signature() {
            return json.getString("signature");
        }

        boolean valid() {
            return json.getBoolean("valid");
        }

        byte[] body() {
            return WireFiles.bytes(json.getString("bodyFile"));
        }

        String secret() {
            return json.getString("secret");
        }

        boolean verifiesWith(ProjectsKey derivation) {
            return verifies(signature(), body(), derivation.key(secret()));
        }
    }
}
