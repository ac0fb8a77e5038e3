package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;

class ProbeTest {

    @TempDir
    private Path home;

    private Edge edge;

    @BeforeEach
    void open() throws Exception {
        edge = Edge.in(home);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"probe\":\"\"}",
                "{\"probe\":\"2026-03-02T09:41:07Z\"}",
                " {\r\n\t\"probe\" : null } ",
                "{\"probe\":0}",
                "{\"probe\":{\"Story\":{\"StoryId\":[1,{}]}}}",
                "{\"pro\\u0062e\":[[],{\"probe\":true}]}",
                "{\"\\u0070robe\":1}",
                "{\"prob\\u0065\":1}"
            })
    void isAnsweredAsOftenAsItComesAndNotKept(String body) throws Exception {
        for (int times = 1; times <= 2; times++) {
            Answer answer = send(body);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).hasToString("{\"receipt\":\"probe\"}");
            assertThat(probes("stored")).isEqualTo(times);
        }

        assertThat(edge.inbox().head()).isZero();
        assertThat(edge.endpointState("default").lastDelivery()).isEmpty();
        assertThat(count("mxhooks.accepted") + count("mxhooks.duplicates")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Probe\":1}",
                "{\"pro\":1}",
                "{\"probes\":1}",
                "{\"pro\\u0070e\":1}",
                "{\"probe\":1,\"Story\":{}}",
                "{\"Story\":{},\"probe\":1}",
                "{\"probe\":1,\"probe\":2}",
                "{\"probe\":1}{}",
                "{\"probe\":1} x",
                "{\"probe\":1",
                "{\"probe\":{,}}",
                "{\"probe\"}",
                "{\"probe\":",
                "{",
                "[\"probe\"]",
                "[{\"probe\":1}]",
                "\"probe\"",
                "\uFEFF{\"probe\":1}"
            })
    void anythingElseIsADelivery(String body) {
        assertThat(send(body).status()).isEqualTo(202);
        assertThat(probes("stored")).isZero();
    }

    @Test
    void whatIsNestedTooDeeplyIsADelivery() {
        anythingElseIsADelivery("{\"probe\":" + "[".repeat(2000) + "]".repeat(2000) + "}");
    }

    @Test
    void isRefusedWithoutTheSecret() {
        byte[] body = "{\"probe\":1}".getBytes(UTF_8);

        edge.post(body).send().isProblem(401);
        edge.post(body).header("MxAPI-Signature", "x").send().isProblem(401);
        assertThat(probes("stored") + probes("unavailable")).isZero();
    }

    @Test
    void showsThatStorageIsUnavailable(@TempDir Path other) throws Exception {
        edge.close();
        edge = Edge.beforeTheDatabaseIsThere(other, Map.of());

        Answer answer = send("{\"probe\":1}").isProblem(503);

        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(probes("unavailable")).isOne();
        assertThat(probes("stored")).isZero();
    }

    private Answer send(String body) {
        return edge.signed(body.getBytes(UTF_8)).send();
    }

    private double count(String meter) {
        return edge.meters().get(meter).tag("endpoint", "default").counter().count();
    }

    private double probes(String outcome) {
        return edge.meters()
                .get("mxhooks.probes")
                .tags("endpoint", "default", "outcome", outcome)
                .counter()
                .count();
    }
}
