package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.RawRequest;

class BodyLimitTest {

    private static final int LIMIT = 20_000;

    private static Edge edge;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        edge = Edge.in(home, Map.of("mxhooks.max-body", String.valueOf(LIMIT)));
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    @Test
    void aBodyOfExactlyTheLimitIsAccepted() {
        assertThat(edge.signed(bytes('a', LIMIT)).send().status()).isEqualTo(202);
    }

    @Test
    void aBodyInChunksOfExactlyTheLimitIsAccepted() {
        assertThat(chunked(bytes('b', LIMIT), true).send().status()).isEqualTo(202);
    }

    @Test
    void oneByteMoreIsRefused() {
        isTooLarge(edge.signed(bytes('c', LIMIT + 1)).send());
        isTooLarge(chunked(bytes('c', LIMIT + 1), true).send());
    }

    @Test
    void aStreamThatDoesNotEndIsCutAtTheLimit() {
        isTooLarge(chunked(bytes('d', LIMIT + 1), false).send());
    }

    /** Nothing of the body is ever sent, so an answer shows that nobody waited for it. */
    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Long.MAX_VALUE})
    void aLengthBeyondTheLimitIsRefusedBeforeTheBodyIsRead(long length) {
        try (CapturedLog log = new CapturedLog()) {
            isTooLarge(post().declaring(length).send());

            assertThat(log.stackTraces()).isEmpty();
        }
    }

    @Test
    void anUnknownEndpointIsRefusedBeforeTheLength() {
        edge.request("POST", "hooks/other").declaring(LIMIT + 1).send().isProblem(404);
    }

    private static void isTooLarge(Answer answer) {
        assertThat(answer.isProblem(413).json().getString("detail")).contains("20000 bytes", "mxhooks.max-body");
    }

    private static RawRequest post() {
        return edge.request("POST", "hooks/default");
    }

    private static RawRequest chunked(byte[] body, boolean last) {
        return post().header("MxAPI-Signature", Edge.signature(body)).chunk(body, last);
    }

    private static byte[] bytes(char letter, int length) {
        return String.valueOf(letter).repeat(length).getBytes(UTF_8);
    }
}
