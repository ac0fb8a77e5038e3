package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.WireFiles;

/** Why a message of the Standard Webhooks specification is refused, for who has to mend it. */
class StandardDiagnosisTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String BARE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String PREFIXED = "whsec_" + BARE;
    private static final String PUSH = WireFiles.text("bodies/teamserver-push.json");

    @Test
    void aValidMessageIsReportedSo() {
        Diagnosis diagnosis = diagnose(signed("auto", PREFIXED, PUSH), PUSH);

        assertThat(diagnosis.valid()).isTrue();
        assertThat(diagnosis.cause()).isEqualTo("valid");
    }

    @ParameterizedTest
    @CsvSource({
        "-432, is 7 min 12 s behind the receiver's clock; 5 min is allowed",
        "301, is 5 min 1 s ahead of the receiver's clock",
        "-90061, is 1 d 1 h behind the receiver's clock",
        "7200, is 2 h ahead of the receiver's clock"
    })
    void aClockThatIsOffIsReportedWithByHowMuchAndWhichWay(long seconds, String text) {
        Diagnosis diagnosis = diagnose(signed("auto", PREFIXED, PUSH, NOON.plusSeconds(seconds)), PUSH);

        assertThat(diagnosis.valid()).isFalse();
        assertThat(diagnosis.cause()).isEqualTo("clock off");
        assertThat(diagnosis.text()).startsWith("The signature is correct, but the timestamp " + text);
        assertThat(diagnosis.setting()).contains("tolerance");
    }

    @ParameterizedTest
    @CsvSource({
        // the sender's derivation and secret, the endpoint's, what to do
        "auto, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, raw, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, set the key derivation to auto, key-derivation",
        "raw, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, auto, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, set the key derivation to raw, key-derivation",
        "raw, AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, auto, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, remove that from the secret, secret",
        "raw, AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, raw, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, remove that from the secret, secret",
        "auto, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, auto, AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, write whsec_ before the secret, secret",
        "raw, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, auto, AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, and set the key derivation to raw, key-derivation"
    })
    void theDerivationThatWouldVerifyIsReported(
            String derivation, String secret, String configured, String ours, String remedy, String setting) {
        Diagnosis diagnosis = diagnose(signed(derivation, secret, PUSH), PUSH, configured, ours);

        assertThat(diagnosis.cause()).isEqualTo("other derivation");
        assertThat(diagnosis.text())
                .startsWith("The secret is correct, but the sender derives the key differently: ")
                .contains(remedy)
                .doesNotContain("AAEC");
        assertThat(diagnosis.setting()).contains(setting);
    }

    @Test
    void aRewrittenBodyIsReported() {
        Diagnosis diagnosis = diagnose(signed("auto", PREFIXED, "{\"a\":1,\"b\":2}"), "{\"a\": 1, \"b\": 2}");

        assertThat(diagnosis.cause()).isEqualTo("re-serialized body");
        assertThat(diagnosis.text()).contains("it was signed as compact JSON");
    }

    @Test
    void aSecretThatAToolAlteredIsReported() {
        Diagnosis diagnosis = diagnose(signed("raw", "a secret to keep", PUSH), PUSH, "auto", "'a secret to keep'");

        assertThat(diagnosis.cause()).isEqualTo("altered secret");
        assertThat(diagnosis.text()).contains("quotes").doesNotContain("to keep");
    }

    @Test
    void anotherSecretIsReportedAndAnAlteredIdToo() {
        Map<String, String> otherId = signed("auto", PREFIXED, PUSH);
        otherId.put("webhook-id", "msg_2");

        assertThat(diagnose(signed("auto", "another secret", PUSH), PUSH).cause())
                .isEqualTo("wrong secret");
        assertThat(diagnose(otherId, PUSH).cause()).isEqualTo("wrong secret");
    }

    @Test
    void aClockThatIsOffIsReportedBesideAnotherCause() {
        Diagnosis diagnosis = diagnose(signed("auto", "another secret", PUSH, NOON.minusSeconds(600)), PUSH);

        assertThat(diagnosis.cause()).isEqualTo("wrong secret");
        assertThat(diagnosis.text())
                .endsWith("Also, the timestamp is 10 min behind the receiver's clock; 5 min is allowed.");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "webhook-signature, none, missing signature",
                "webhook-signature, '', missing signature",
                "webhook-id, none, missing id",
                "webhook-id, a.b, malformed id",
                "webhook-timestamp, none, missing timestamp",
                "webhook-timestamp, soon, malformed timestamp",
                "webhook-timestamp, 1772452800000, timestamp in milliseconds",
                "webhook-signature, 'v2,AAAA', unknown version",
                "webhook-signature, 'v1,AAAA', malformed signature",
                "webhook-signature, 'v1,AAAA,v1,AAAA', repeated signature"
            })
    void whatHeadersAloneShowIsReportedWithoutTheBody(String header, String value, String cause) {
        Map<String, String> headers = signed("auto", PREFIXED, PUSH);
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }

        Diagnosis diagnosis = scheme("auto")
                .diagnose(name -> Optional.ofNullable(headers.get(name)))
                .orElseThrow();

        assertThat(diagnosis.cause()).isEqualTo(cause);
        assertThat(diagnose(headers, PUSH)).isEqualTo(diagnosis);
    }

    @Test
    void aListThatIsTooLongIsReported() {
        Map<String, String> headers = signed("auto", PREFIXED, PUSH);
        headers.merge("webhook-signature", ("v1," + "A".repeat(43) + "= ").repeat(1000), (own, others) -> others + own);

        assertThat(diagnose(headers, PUSH).cause()).isEqualTo("too many signatures");
    }

    private static Diagnosis diagnose(Map<String, String> headers, String body) {
        return diagnose(headers, body, "auto", PREFIXED);
    }

    private static Diagnosis diagnose(Map<String, String> headers, String body, String derivation, String secret) {
        SignedRequest request = new SignedRequest(name -> Optional.ofNullable(headers.get(name)), body.getBytes(UTF_8));
        return scheme(derivation).diagnose(request, List.of("the current one", secret), InstantSource.fixed(NOON));
    }

    private static Map<String, String> signed(String derivation, String secret, String body) {
        return signed(derivation, secret, body, NOON);
    }

    private static Map<String, String> signed(String derivation, String secret, String body, Instant at) {
        Scheme scheme = scheme(derivation);
        Message message = new Message("msg_1", Optional.empty(), body.getBytes(UTF_8));
        return new HashMap<>(scheme.sign(message, scheme.key(secret), InstantSource.fixed(at)));
    }

    private static Scheme scheme(String derivation) {
        return Schemes.of("standard-webhooks", derivation, Duration.ofMinutes(5));
    }
}
