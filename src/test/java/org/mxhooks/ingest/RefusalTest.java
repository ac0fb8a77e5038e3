package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.RawRequest;

class RefusalTest {

    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private static Edge edge;

    @BeforeAll
    static void openWithoutADatabase(@TempDir Path home) throws Exception {
        edge = Edge.beforeTheDatabaseIsThere(home, Map.of("mxhooks.max-body", "100"));
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(401, "Unauthorized", named("no signature", edge.post(BODY))),
                arguments(
                        401,
                        "Unauthorized",
                        named("another signature", edge.post(BODY).header("MxAPI-Signature", "x"))),
                arguments(
                        404,
                        "Not Found",
                        named(
                                "no such endpoint",
                                edge.request("POST", "hooks/other").body(BODY))),
                arguments(
                        404,
                        "Not Found",
                        named("no such path", edge.request("POST", "hooks/a/b").body(BODY))),
                arguments(405, "Method Not Allowed", named("GET", edge.request("GET", "hooks/default"))),
                arguments(405, "Method Not Allowed", named("OPTIONS", edge.request("OPTIONS", "hooks/default"))),
                arguments(413, "Request Entity Too Large", named("too large", edge.signed(new byte[101]))),
                arguments(503, "Service Unavailable", named("storage is away", edge.signed(BODY))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalIsAProblemThatRevealsNoSecret(int status, String title, RawRequest request) throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            Answer answer = request.send().isProblem(status);

            assertThat(answer.json().getString("title")).isEqualTo(title);
            assertThat(answer.json().keySet()).containsExactlyInAnyOrder("title", "status", "detail");
            assertThat(answer.head() + answer.body()).doesNotContainIgnoringCase(secrets());
            assertThat(log.stackTraces()).isEmpty();
        }
    }

    private static String[] secrets() throws Exception {
        String expected = Edge.signature(BODY);
        HexFormat hex = HexFormat.of();
        return new String[] {
            Edge.SECRET,
            hex.formatHex(MessageDigest.getInstance("SHA-256").digest(Edge.SECRET.getBytes(UTF_8))),
            expected,
            hex.formatHex(Base64.getDecoder().decode(expected))
        };
    }

    private static Named<RawRequest> named(String name, RawRequest request) {
        return Named.of(name, request);
    }
}
