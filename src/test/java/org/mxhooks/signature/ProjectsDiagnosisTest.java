package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.signature.ProjectsKey.RAW;
import static org.mxhooks.signature.ProjectsKey.SHA256_50;

import jakarta.json.Json;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;
import org.mxhooks.signature.ProjectsDiagnosis.Cause;
import org.mxhooks.signature.SignatureVectorsTest.Vector;

/** What is wrong with a signature is told to who has to mend it. */
class ProjectsDiagnosisTest {

    private static final String SECRET = "a secret to keep";
    private static final String STORY = WireFiles.text("bodies/story-updated.json");

    static List<Named<Vector>> vectors() {
        return SignatureVectorsTest.vectors().toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void everyVectorHasItsCause(Vector vector) {
        ProjectsDiagnosis diagnosis = ProjectsDiagnosis.of(
                Optional.of(vector.signature()),
                vector.body(),
                List.of(vector.json().getString("secret")),
                SHA256_50);

        assertThat(diagnosis.cause())
                .isEqualTo(
                        vector.valid()
                                ? Cause.VALID
                                : switch (vector.name()) {
                                    case "body re-serialized" -> Cause.RESERIALIZED_BODY;
                                    case "key = raw secret", "key = 32-byte hash" -> Cause.OTHER_DERIVATION;
                                    case "truncated", "empty", "not ASCII", "url-safe Base64 of a wrong digest" ->
                                        Cause.MALFORMED_SIGNATURE;
                                    default -> Cause.WRONG_SECRET;
                                });
    }

    @Test
    void aMissingSignatureIsReported() {
        assertThat(ProjectsDiagnosis.of(Optional.empty(), bytes(STORY), List.of(SECRET), SHA256_50)
                        .cause())
                .isEqualTo(Cause.MISSING_SIGNATURE);
    }

    @Test
    void theDerivationThatWouldVerifyIsReported() {
        String signature = sign(SECRET, RAW, bytes(STORY));

        ProjectsDiagnosis diagnosis = diagnose(signature, STORY);

        assertThat(diagnosis.derivation()).contains(RAW);
        assertThat(diagnosis.text()).contains("set the key derivation to raw");
    }

    @Test
    void anyOfTheSecretsWillDo() {
        String signature = sign("previous", SHA256_50, bytes(STORY));

        assertThat(ProjectsDiagnosis.of(
                                Optional.of(signature), bytes(STORY + "\n"), List.of(SECRET, "previous"), SHA256_50)
                        .cause())
                .isEqualTo(Cause.RESERIALIZED_BODY);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                " geheim|geheim|here it has white space or invisible characters around it",
                "geheim\u00A0|geheim|here it has white space or invisible characters around it",
                "\u200Bgeheim\\t|geheim|here it has white space or invisible characters around it",
                "geh\\neim|geheim|here it has white space or invisible characters in it",
                "\"geheim\"|geheim|here it is enclosed in quotes",
                "'geheim' |geheim|here it is enclosed in quotes",
                "ge$$heim|ge$heim|here a $ is doubled",
                "ge\\\\$heim|ge$heim|precedes a character",
                "gehÃ©im|gehéim|here it was read in ISO 8859-1",
                "gehe\u0301im|geh\u00E9im|(Unicode NFD)",
                "geh\u00E9im|gehe\u0301im|(Unicode NFC)",
                "geheim|geheim\\n|the sender's ends with a line break (LF)",
                "geheim|geheim\\r\\n|the sender's ends with a line break (CRLF)",
                "geheim|geheim |the sender's ends with a space",
                "geheim| geheim|the sender's begins with a space",
                "geheim|\uFEFFgeheim|the sender's begins with a byte order mark"
            })
    void theSpellingOfTheSecretIsReported(String here, String there, String text) {
        String signature = sign(there.translateEscapes(), SHA256_50, bytes(STORY));

        ProjectsDiagnosis diagnosis = ProjectsDiagnosis.of(
                Optional.of(signature), bytes(STORY), List.of(SECRET, here.translateEscapes()), SHA256_50);

        assertThat(diagnosis.cause()).isEqualTo(Cause.ALTERED_SECRET);
        assertThat(diagnosis.text()).contains(text).doesNotContain("geh").doesNotContain(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "''", "$$", "\\"})
    void aSecretOfSuchCharactersAloneIsNoError(String here) {
        String signature = sign(SECRET, SHA256_50, bytes(STORY));

        assertThat(ProjectsDiagnosis.of(Optional.of(signature), bytes(STORY), List.of(here), SHA256_50)
                        .cause())
                .isEqualTo(Cause.WRONG_SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"a\": 1}   | {\"a\": 1}\\n     | without its final line break",
                "{\"a\": 1}\\n | {\"a\": 1}       | with a line end (LF) at its end",
                "{\"a\": 1}\\r\\n | {\"a\": 1}    | with a line end (CRLF) at its end",
                "{\"a\":\\n1}  | {\"a\":\\r\\n1}  | with LF line ends",
                "{\"a\":\\r\\n1} | {\"a\":\\n1}   | with CRLF line ends",
                "{\"a\": 1}    | \ufeff{\"a\": 1} | without its byte order mark",
                "\ufeff{\"a\": 1} | {\"a\": 1}    | with a byte order mark",
                "{\"a\":1,\"b\":[1,2],\"c\":{}}      | {\"a\": 1,\\n\"b\":[ 1, 2 ],\"c\" :{ }} | as compact JSON",
                "{\"a\": 1, \"b\": [1, 2], \"c\": {}} | {\"a\":1,\"b\":[1,2],\"c\":{}} | as JSON on one line with spaces",
                "{\\n\\t\"a\": [\\n\\t\\t1,\\n\\t\\t2\\n\\t],\\n\\t\"b\": {}\\n} | {\"a\":[1,2],\"b\":{}} | as JSON indented by a tab",
                "{\\r\\n  \"a\": 1\\r\\n} | {\"a\":1} | as JSON indented by 2 spaces, with CRLF line ends",
                "{\\n  \"a\" : 1\\n} | {\"a\":1} | as JSON indented by 2 spaces, with spaces around colons",
                "{\"a\":\"\\\\u00e9\\\\ud83d\\\\ude9a\"} | {\"a\":\"é🚚\"} | with non-ASCII characters escaped",
                "{\"a\":\"é/\\\\n\\\\\\\\u00e9\"} | {\"a\":\"\\\\u00E9\\\\/\\\\n\\\\\\\\u00e9\"} | with fewer characters escaped",
                "{\"a\":\"\\\\u00e9\"}\\n | \ufeff{ \"a\": \"é\" } | with non-ASCII characters escaped, as compact JSON, with a line end (LF) at its end, without its byte order mark"
            },
            delimiter = '|')
    void theFormThatWasSignedIsReported(String signed, String received, String text) {
        ProjectsDiagnosis diagnosis = diagnose(sign(spelled(signed)), spelled(received));

        assertThat(diagnosis.cause()).isEqualTo(Cause.RESERIALIZED_BODY);
        assertThat(diagnosis.signedForm()).contains(text);
        assertThat(diagnosis.text()).contains("it was signed " + text + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"story-created", "story-updated", "sprint-created", "sprint-updated", "alert"})
    void whatALibraryWroteAnewIsRecognized(String name) {
        String body = WireFiles.text("bodies/" + name + ".json");

        assertThat(diagnose(sign(body), pretty(body)).cause()).isEqualTo(Cause.RESERIALIZED_BODY);
        assertThat(diagnose(sign(pretty(body)), body).cause()).isEqualTo(Cause.RESERIALIZED_BODY);
    }

    /** White space in a string says something. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"a\":\"b c\"} | {\"a\":\"b  c\"}",
                "{\"a\":\"b, \\\\\" c\"} | {\"a\":\"b,\\\\\" c\"}",
                "{\"a\":1} | {\"a\":2}"
            })
    void aBodyThatSaysSomethingElseIsNotTakenForTheSame(String signed, String received) {
        ProjectsDiagnosis diagnosis = diagnose(sign(spelled(signed)), spelled(received));

        assertThat(diagnosis.cause()).isEqualTo(Cause.WRONG_SECRET);
        assertThat(diagnosis.text()).contains("either the secret differs");
    }

    @Test
    void noTextRevealsTheSecretOrTheExpectedSignature() {
        String valid = sign(STORY);

        assertThat(List.of(
                        diagnose(valid, STORY + "\n"),
                        diagnose(sign("x", RAW, bytes(STORY)), STORY),
                        diagnose(sign(SECRET, RAW, bytes(STORY)), STORY)))
                .allSatisfy(diagnosis -> assertThat(diagnosis + diagnosis.text())
                        .doesNotContain(SECRET)
                        .doesNotContain(valid));
    }

    /** Strangers may send these, so that each must cost little. */
    @ParameterizedTest
    @MethodSource("badBodies")
    void whatIsNoJsonIsNoError(byte[] body) {
        String wrong = sign("x", RAW, body);

        assertThat(ProjectsDiagnosis.of(Optional.of(wrong), body, List.of(SECRET), SHA256_50)
                        .cause())
                .isEqualTo(Cause.WRONG_SECRET);
    }

    static List<Named<byte[]>> badBodies() {
        Map<String, byte[]> bodies = Map.of(
                "nothing", new byte[0],
                "not UTF-8", "{\"a\":\"é\"}".getBytes(ISO_8859_1),
                "a string without end", bytes("{\"a\":\"b\\"),
                "closed too often", bytes("}}]{"),
                "an escape cut short", bytes("\"\\u00"),
                "a megabyte of brackets", bytes("[".repeat(1 << 20)),
                "a megabyte of commas in brackets", bytes("[".repeat(500) + ",".repeat(1 << 20)),
                "a megabyte of quotes", bytes("\"".repeat(1 << 20)),
                "a megabyte of escapes", bytes("\\u00e9".repeat(1 << 17)),
                "a megabyte of white space", bytes(" ".repeat(1 << 20) + "x"));
        return bodies.entrySet().stream()
                .map(body -> Named.of(body.getKey(), body.getValue()))
                .toList();
    }

    private static ProjectsDiagnosis diagnose(String signature, String received) {
        return ProjectsDiagnosis.of(Optional.of(signature), bytes(received), List.of(SECRET), SHA256_50);
    }

    private static String sign(String body) {
        return sign(SECRET, SHA256_50, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String pretty(String body) {
        StringWriter out = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(out)) {
            writer.write(Json.createReader(new StringReader(body)).readValue());
        }
        return out.toString();
    }

    /** The line ends and tabs that the table cannot show. */
    private static String spelled(String text) {
        return text.strip().translateEscapes();
    }

    private static String sign(String secret, ProjectsKey derivation, byte[] body) {
        return ProjectsSignature.of(body, derivation.key(secret)).text();
    }
}
