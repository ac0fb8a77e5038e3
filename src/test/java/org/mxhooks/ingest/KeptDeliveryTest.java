package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.RawRequest;
import org.mxhooks.WireFiles;

class KeptDeliveryTest {

    private static final String PORTAL_ID = "7f1c0f6e-0b57-4f0f-9a0c-2a4e4d7c3b11";

    private static Edge edge;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        edge = Edge.in(home);
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    @Test
    void aDeliveryAsThePortalSendsItIsKeptWithoutRemarks() throws Exception {
        byte[] body = WireFiles.bytes("bodies/story-updated.json");

        Kept kept = kept(fromPortal(body, "stories"));

        assertThat(kept.body()).isEqualTo(body);
        assertThat(kept.endpoint()).isEqualTo("default");
        assertThat(kept.portalId()).isEqualTo(PORTAL_ID);
        assertThat(kept.category()).isEqualTo("stories");
        assertThat(kept.action()).isEqualTo("updated");
        assertThat(kept.appId()).isEqualTo("6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77");
        assertThat(kept.resource()).isEqualTo("story 4711");
        assertThat(kept.createdAt()).isEqualTo(OffsetDateTime.parse("2026-03-02T08:15:30.120Z"));
        assertThat(kept.updatedAt()).isEqualTo(OffsetDateTime.parse("2026-03-02T09:41:07.884Z"));
        assertThat(kept.remarks()).isEmpty();
        assertThat(kept.undecodable()).isNull();
    }

    @Test
    void whatIsKnownToCarryNoSecretIsKeptWithAllItsValues() throws Exception {
        Kept kept = kept(fromPortal("{\"headers\":1}".getBytes(UTF_8), "stories")
                .header("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("Via", "one")
                .header("via", "two, \"three\"")
                .header("Content-Type", "application/json"));

        assertThat(kept.header("User-Agent")).containsExactly("Mx-Platform");
        assertThat(kept.header("MxAPI-Projects-Delivery")).containsExactly(PORTAL_ID);
        assertThat(kept.header("MxAPI-Webhooks-Version-Expiry")).containsExactly("");
        assertThat(kept.header("Traceparent")).singleElement().asString().startsWith("00-4bf9");
        assertThat(kept.header("Via")).containsExactly("one", "two, \"three\"");
        assertThat(kept.header("Content-Type")).containsExactly("application/json");
        assertThat(kept.headers().toString()).doesNotContain("****");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "PROXY-AUTHORIZATION",
                "Cookie",
                "X-Api-Key",
                "apikey",
                "X-Auth-Token",
                "X-Amz-Security-Token",
                "X-Client-Secret",
                "X-Session-Id",
                "X-Forwarded-Client-Cert",
                "Mxhooks-Sent-Authorization",
                "X-Odd"
            })
    void theValuesOfAnyOtherHeaderAreMaskedBeforeTheyAreKept(String name) throws Exception {
        Kept kept = kept(fromPortal("{\"masked\":\"%s\"}".formatted(name).getBytes(UTF_8), "stories")
                .header(name, "Bearer s3cr3t")
                .header(name.toLowerCase(Locale.ROOT), "s3cr3t too"));

        assertThat(kept.header(name)).isNotEmpty().containsOnly("****");
        assertThat(kept.headers().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void theBodyDeterminesTheCategoryAndAContradictingHeaderIsRemarked() throws Exception {
        Kept kept = kept(fromPortal(WireFiles.bytes("bodies/sprint-updated.json"), "stories"));

        assertThat(kept.category()).isEqualTo("sprints");
        assertThat(kept.resource()).startsWith("sprint ");
        assertThat(kept.remarks())
                .containsExactly("the header MxAPI-Projects-EventCategory says 'stories', the body sprints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retrospectives", "", "stories"})
    void whereTheBodyNamesNoCategoryTheHeaderIsARemarkOnly(String header) throws Exception {
        Kept kept = kept(fromPortal(("{\"odd\":\"" + header + "\"}").getBytes(UTF_8), header));

        assertThat(kept.category()).isEqualTo("unknown");
        assertThat(kept.resource()).isEqualTo("null null");
        assertThat(kept.remarks())
                .containsExactly(
                        "the body names no category; the header MxAPI-Projects-EventCategory says '" + header
                                + "', which no signature covers",
                        "not mirrored: the body has no story or sprint");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-03T09:41:07.123456789Z, 2026-03-03T09:41:07.123456Z",
        "2026-03-03T09:41:07.884+0000, 2026-03-03T09:41:07.884Z",
        "1772530867884, 2026-03-03T09:41:07.884Z"
    })
    void aTimeIsKeptAsItIsDecoded(String sent, OffsetDateTime kept) throws Exception {
        byte[] body = WireFiles.text("bodies/story-updated.json")
                .replace("2026-03-02T09:41:07.884Z", sent)
                .getBytes(UTF_8);

        assertThat(kept(fromPortal(body, "stories")).updatedAt()).isEqualTo(kept);
    }

    @Test
    void aTimeAbsurdlyAheadIsNotKeptButRemarked() throws Exception {
        byte[] body = WireFiles.text("bodies/story-updated.json")
                .replace("2026-03-02T09:41:07.884Z", "2999-01-01T00:00:00Z")
                .getBytes(UTF_8);

        Kept kept = kept(fromPortal(body, "stories"));

        assertThat(kept.updatedAt()).isNull();
        assertThat(kept.remarks()).first().asString().contains("2999-01-01T00:00:00Z", "ahead");
    }

    @Test
    void missingHeadersAreRemarked() throws Exception {
        Kept kept = kept(edge.signed(WireFiles.bytes("bodies/story-created.json")));

        assertThat(kept.category()).isEqualTo("stories");
        assertThat(kept.portalId()).isNull();
        assertThat(kept.remarks())
                .containsExactly(
                        "the header MxAPI-Projects-EventCategory is missing, the body says stories",
                        "the header MxAPI-Projects-Delivery is missing or no UUID",
                        "the header MxAPI-Webhooks-Version is missing, known is 1");
    }

    @Test
    void malformedHeadersAreRemarkedAndTheIdKeptAsItIs() throws Exception {
        Kept kept = kept(edge.signed(WireFiles.bytes("bodies/sprint-created.json"))
                .header("MxAPI-Projects-EventCategory", " Sprints ")
                .header("MxAPI-Projects-Delivery", "1-2-3-4-5")
                .header("MxAPI-Webhooks-Version", "2"));

        assertThat(kept.portalId()).isEqualTo("1-2-3-4-5");
        assertThat(kept.remarks())
                .containsExactly(
                        "the header MxAPI-Projects-Delivery is missing or no UUID",
                        "the header MxAPI-Webhooks-Version says '2', known is 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[1]", "{\"a\":1"})
    void aBodyThatCannotBeDecodedIsKeptWithTheReason(String body) throws Exception {
        Kept kept = kept(fromPortal(body.getBytes(UTF_8), "stories"));

        assertThat(kept.body()).asString(UTF_8).isEqualTo(body);
        assertThat(kept.undecodable()).startsWith("the body ");
        assertThat(kept.category()).isEqualTo("unknown");
        assertThat(kept.action()).isEqualTo("unknown");
    }

    @Test
    void anUndecodableDeliveryIsLoggedWhenItIsKept() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            String body = "[\"logged\"]";
            String delivery = fromPortal(body.getBytes(UTF_8), "stories")
                    .send()
                    .delivery()
                    .toString();
            String line =
                    "Delivery %s on endpoint default is not decodable and is a dead letter: the body is not a JSON object. Such deliveries since the previous entry: 1"
                            .formatted(delivery);
            assertThat(log.lines()).containsExactly(line);

            fromPortal(body.getBytes(UTF_8), "stories").send();
            assertThat(log.lines()).as("nothing about the duplicate").containsExactly(line);
        }
    }

    @Test
    void aHeaderThatWasNotSentIsRemarkedAsMissingAlsoWhereTheBodyNamesNoCategory() throws Exception {
        assertThat(kept(edge.signed("{\"unnamed\":1}".getBytes(UTF_8))).remarks())
                .contains("the body names no category; the header MxAPI-Projects-EventCategory is missing");
    }

    private static RawRequest fromPortal(byte[] body, String category) {
        return edge.signed(body)
                .header("User-Agent", "Mx-Platform")
                .header("MxAPI-Projects-EventCategory", category)
                .header("MxAPI-Projects-Delivery", PORTAL_ID)
                .header("MxAPI-Webhooks-Version", "1")
                .header("MxAPI-Webhooks-Version-Expiry", "");
    }

    private static Kept kept(RawRequest request) throws Exception {
        Answer answer = request.send();
        assertThat(answer.status()).isEqualTo(202);
        return edge.kept(answer);
    }
}
