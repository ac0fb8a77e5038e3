package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mxhooks.signature.KeyDerivation.RAW;
import static org.mxhooks.signature.KeyDerivation.SHA256;
import static org.mxhooks.signature.KeyDerivation.SHA256_50;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void theDefaultDerivationAcceptsExactlyTheValidVectors(Vector vector) {
        assertThat(vector.verifiesWith(SHA256_50)).isEqualTo(vector.valid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("validBase64Vectors")
    void signingReproducesTheValidVectors(Vector vector) {
        assertThat(vector.signer(SHA256_50).sign(vector.body())).isEqualTo(vector.signature());
    }

    @ParameterizedTest
    @MethodSource("vectorsOfOtherDerivations")
    void anotherDerivationIsAcceptedOnlyWhereItIsConfigured(String name, KeyDerivation configured) {
        Vector vector = vector(name);

        assertThat(Stream.of(KeyDerivation.values()).filter(vector::verifiesWith))
                .containsExactly(configured);
    }

    @Test
    void theKeyIsTheHexOfFiftyBytesAsCommunityCommonsHashesIt() {
        JsonObject keyOf = signatures().getJsonObject("keyOf");

        assertThat(SHA256_50.key(keyOf.getString("secret"))).asString(UTF_8).isEqualTo(keyOf.getString("sha256-50"));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSignedVerifiesInEverySpelling(KeyDerivation derivation) {
        ProjectsSignature signature = new ProjectsSignature(SECRET, derivation);
        String value = signature.sign(BODY);

        assertThat(List.of(value, "(" + value + ")", " ( " + value + " )\t"))
                .allMatch(spelling -> signature.verifies(spelling, BODY));
        assertThat(signature.verifies(value, "{ }".getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "()", "((", "====", "\0", "(\ud800)", "0x00"})
    void whatIsNoDigestIsNotValidAndNoError(String value) {
        assertThat(new ProjectsSignature(SECRET, SHA256_50).verifies(value, BODY))
                .isFalse();
    }

    @Test
    void onlyOnePairOfParenthesesIsTakenOff() {
        ProjectsSignature signature = new ProjectsSignature(SECRET, SHA256_50);
        String value = signature.sign(BODY);

        assertThat(List.of("((" + value + "))", "(" + value, value + ")", ")" + value + "("))
                .noneMatch(spelling -> signature.verifies(spelling, BODY));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptySecretIsRefused(KeyDerivation derivation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectsSignature("", derivation))
                .withMessage("the secret is empty");
    }

    @ParameterizedTest
    @EnumSource
    void theTextOfASignatureTellsNeitherSecretNorKey(KeyDerivation derivation) {
        assertThat(new ProjectsSignature(SECRET, derivation).toString())
                .doesNotContain(SECRET)
                .doesNotContain(new String(derivation.key(SECRET), UTF_8));
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

        ProjectsSignature signer(KeyDerivation derivation) {
            return new ProjectsSignature(json.getString("secret"), derivation);
        }

        boolean verifiesWith(KeyDerivation derivation) {
            return signer(derivation).verifies(signature(), body());
        }
    }
}
