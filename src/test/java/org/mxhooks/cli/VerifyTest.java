package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;

/** A captured request is valid, or the cause is shown; {@code sign} prints the valid signature. */
class VerifyTest {

    /** The vector "story-updated, base64"; its secret is the shell's. */
    private static final String SIGNATURE = "v37y4VGPzfHMAya49ZMsuve7uxSjBh6HHL3U1GTNnwY=";

    private static final byte[] BODY = WireFiles.bytes("bodies/story-updated.json");

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        shell = new Shell(home);
    }

    @Test
    void signPrintsTheSignatureOfAFileOrOfTheInput() throws IOException {
        assertThat(shell.run("sign", shell.body("story-updated.json"))).isZero();
        assertThat(shell.lines()).containsExactly(SIGNATURE);

        assertThat(shell.reading(BODY).run("sign", "-")).isZero();
        assertThat(shell.lines()).containsExactly(SIGNATURE);
    }

    @Test
    void signTakesTheDerivationOfTheEndpoint() throws IOException {
        assertThat(shell.run("sign", shell.body("story-updated.json"), "--key-derivation", "raw"))
                .isZero();
        assertThat(shell.lines()).containsExactly("SW7imqmhX7J52PiXeQUEyEptjI+WsrqwLCJBUirNGqc=");
    }

    @Test
    void aMessageOfTheStandardSchemeIsJudgedByTheTimeOfItsArrival() throws IOException {
        String body = shell.body("alert.json");
        String secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
        List<String> now = List.of(
                "--header",
                "webhook-id: msg_3N717jCRShf0iUhqZh8gLYRvcbx",
                "--header",
                "webhook-timestamp: 1772445600",
                "--header",
                "webhook-signature: v1,NSrFo3skNHeFCDaEvzCtaJ3FGzr8CO/sv13sSwsHc8M=");
        List<String> arrived = new ArrayList<>(now);
        arrived.addAll(List.of("--at", "2026-03-02T10:00:00Z"));

        assertThat(standard("verify", body, secret, arrived)).isZero();
        assertThat(standard("verify", body, secret, now)).isOne();
        assertThat(shell.lines()).first().isEqualTo("not valid: clock off");
        assertThat(shell.out()).contains("the timestamp is 63 d", "behind the receiver's clock; 5 min is allowed");
        assertThat(standard("verify", body, "whsec_" + "A".repeat(32), arrived)).isOne();
        assertThat(shell.lines()).first().isEqualTo("not valid: wrong secret");
        assertThat(standard("verify", body, secret + "!", arrived)).isEqualTo(2);
        assertThat(shell.err()).contains("cannot be used: what follows whsec_ in the secret is not Base64");
        assertThat(standard("verify", body, secret, List.of("--header", "no colon")))
                .isEqualTo(2);
    }

    @Test
    void aCapturedMessageOfTheStandardSchemeIsValid() throws IOException {
        String body = shell.body("teamserver-push.json");
        String secret = "of the deployments, without a prefix";
        assertThat(standard("sign", body, secret, List.of("--id", "msg_1"))).isZero();
        List<String> headers = shell.lines();
        assertThat(headers).hasSize(3).startsWith("webhook-id: msg_1", "webhook-timestamp: 1777888800");
        String request = shell.file(
                "request",
                request(WireFiles.bytes("bodies/teamserver-push.json"), "\r\n", headers.toArray(String[]::new)));

        assertThat(standard("verify", request, secret, List.of())).isZero();
        assertThat(standard("verify", request, secret, List.of("--key-derivation", "sha256")))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--key-derivation must be one of auto, raw for the scheme standard-webhooks");
        assertThat(shell.run("verify", request)).isOne();
        assertThat(shell.lines()).first().isEqualTo("not valid: other scheme");
    }

    private int standard(String command, String file, String secret, List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command, file, "--scheme", "standard-webhooks"));
        arguments.addAll(List.of("--secret-file", shell.file("deployments.secret", secret + "\n")));
        arguments.addAll(more);
        return shell.run(arguments.toArray(String[]::new));
    }

    @Test
    void aBodyWithItsSignatureIsValid() throws IOException {
        assertThat(shell.run("verify", shell.body("story-updated.json"), "--signature", SIGNATURE))
                .isZero();
        assertThat(shell.lines()).containsExactly("valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void aCapturedRequestIsValid(String lineEnd) throws IOException {
        byte[] request = request(
                BODY,
                lineEnd,
                "POST /mxhooks/hooks/default HTTP/1.1",
                "Host: x",
                "mxapi-signature:  (" + SIGNATURE + ")");

        assertThat(shell.run("verify", shell.file("request", request))).isZero();
        assertThat(shell.reading(request).run("verify", "-")).isZero();
        assertThat(shell.lines()).containsExactly("valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void aRequestInChunksIsValid(String lineEnd) throws IOException {
        String body = new String(BODY, ISO_8859_1);
        String chunks = "a\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n"
                .formatted(body.substring(0, 10), body.length() - 10, body.substring(10))
                .replace("\r\n", lineEnd);
        byte[] request = request(
                chunks.getBytes(ISO_8859_1),
                lineEnd,
                "MxAPI-Signature: " + SIGNATURE,
                "Transfer-Encoding: gzip, Chunked");

        assertThat(shell.run("verify", shell.file("request", request))).isZero();
    }

    @Test
    void aPlainBodyUnderAHeaderOfChunksIsValidAndReported() throws IOException {
        byte[] request = request(BODY, "\n", "MxAPI-Signature: " + SIGNATURE, "transfer-encoding: chunked");

        assertThat(shell.run("verify", shell.file("request", request))).isZero();
        assertThat(shell.lines()).first().isEqualTo("valid");
        assertThat(shell.out()).contains("declares chunks, but the captured body has none");
    }

    static List<List<String>> heads() {
        String signature = "MxAPI-Signature: " + SIGNATURE;
        return List.of(
                List.of("POST /mxhooks/hooks/default HTTP/1.1", "MxAPI-Signature:", "\t" + SIGNATURE, "X: a", "  b"),
                List.of("POST /x HTTP/1.1", signature, "X-Folded: a", " b: c"),
                List.of(":method: POST", ":path: /mxhooks/hooks/default", ":scheme: https", ":authority: x", signature),
                List.of("\u00EF\u00BB\u00BFPOST /x HTTP/1.1", signature),
                List.of("", "POST /x HTTP/1.1", signature),
                List.of("POST /x HTTP/2", "mxapi-signature: " + SIGNATURE),
                List.of(
                        "*   Trying 127.0.0.1:8080...",
                        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current",
                        "                                 Dload  Upload   Total   Spent    Left  Speed",
                        "",
                        "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0* Connected to x (127.0.0.1) port 8080 (#0)",
                        "> POST /mxhooks/hooks/default HTTP/1.1",
                        "> Host: x",
                        "> " + signature,
                        "> X-Folded: a",
                        ">  b",
                        "> Content-Length: " + BODY.length,
                        "> ",
                        "} [" + BODY.length + " bytes data]",
                        "* We are completely uploaded and fine",
                        "{ [5 bytes data]"));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aRequestIsTakenAsToolsPrintIt(List<String> head) throws IOException {
        for (String lineEnd : List.of("\n", "\r\n")) {
            String[] lines = head.toArray(String[]::new);
            boolean curl = head.stream().anyMatch(line -> line.startsWith("> "));
            byte[] request = curl ? concatenated(lines, lineEnd, BODY) : request(BODY, lineEnd, lines);

            assertThat(shell.run("verify", shell.file("request", request))).isZero();
            assertThat(shell.lines()).containsExactly("valid");
        }
    }

    @Test
    void whatCurlSaysAtTheEndIsNotOfTheBody() throws IOException {
        String head = "> POST /x HTTP/1.1\n> MxAPI-Signature: %s\n> Content-Length: %s\n>\n"
                .formatted(SIGNATURE, BODY.length);
        byte[] request = concatenated(
                new String[] {head + new String(BODY, ISO_8859_1), "* Connection #0 to host x left intact"},
                "\n",
                new byte[0]);

        assertThat(shell.run("verify", shell.file("request", request))).isZero();
        assertThat(shell.lines().get(0)).isEqualTo("valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "< HTTP/1.1 202 Accepted\n< \n{ [68 bytes data]\n{\"receipt\":\"accepted\"}"})
    void whatCurlDoesNotPrintIsAskedFor(String answer) throws IOException {
        String head = "> POST /x HTTP/1.1\n> MxAPI-Signature: %s\n> Content-Length: 1000\n> \n".formatted(SIGNATURE);

        assertThat(shell.run("verify", shell.file("request", head + answer))).isEqualTo(2);
        assertThat(shell.err()).contains("curl -v prints only its length", "--signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aLineEndThatTheCaptureAddedIsReported(String lineEnd) throws IOException {
        byte[] longer = (new String(BODY, UTF_8) + lineEnd).getBytes(UTF_8);

        byte[] declared = request(longer, "\n", "MxAPI-Signature: " + SIGNATURE, "Content-Length: " + BODY.length);
        assertThat(shell.run("verify", shell.file("request", declared))).isZero();
        assertThat(shell.out()).contains("valid", "The capture added bytes after the end of the body");

        byte[] undeclared = request(longer, "\n", "MxAPI-Signature: " + SIGNATURE);
        assertThat(shell.run("verify", shell.file("request", undeclared))).isEqualTo(1);
        assertThat(shell.out())
                .contains(
                        "not valid: re-serialized body",
                        "Without the line end at the end of the body the signature is valid");
    }

    static List<List<String>> wrongOnes() {
        return List.of(
                List.of("rLYPz48peHOjCcwIo5YT+9Eu3FYAsm84EfzgsAOepgM=", "wrong secret", "the secret differs"),
                List.of(
                        "SW7imqmhX7J52PiXeQUEyEptjI+WsrqwLCJBUirNGqc=",
                        "other derivation",
                        "set the key derivation to raw"),
                List.of(
                        "y5xtJ4tPiAAQX2UH8taTsAaIFWQJrvnr8ohsY2DM2WU=",
                        "re-serialized body",
                        "on one line with spaces"),
                List.of("v37y4VGPzfHMAya49ZMsug==", "malformed signature", "32 bytes"),
                List.of(SIGNATURE + ", " + SIGNATURE, "repeated signature", "more than once"),
                List.of(SIGNATURE + ",", "malformed signature", "32 bytes"),
                List.of("", "malformed signature", "32 bytes"));
    }

    @ParameterizedTest
    @MethodSource("wrongOnes")
    void anInvalidSignatureIsReportedWithItsCause(List<String> vector) throws IOException {
        assertThat(shell.run("verify", shell.body("story-updated.json"), "--signature", vector.get(0)))
                .isEqualTo(1);
        assertThat(shell.lines().get(0)).isEqualTo("not valid: " + vector.get(1));
        assertThat(shell.lines().get(1)).contains(vector.get(2));
        assertThat(shell.out()).doesNotContain(SIGNATURE);
    }

    @Test
    void aRequestWithoutSignatureIsReported() throws IOException {
        assertThat(shell.run("verify", shell.file("request", request(BODY, "\n", "Host: x"))))
                .isEqualTo(1);
        assertThat(shell.lines()).contains("not valid: missing signature");
    }

    @Test
    void aLengthThatDisagreesIsReported() throws IOException {
        byte[] longer = (new String(BODY, UTF_8) + "-- end --").getBytes(UTF_8);
        byte[] request = request(longer, "\n", "MxAPI-Signature: " + SIGNATURE, "Content-Length: " + BODY.length);

        assertThat(shell.run("verify", shell.file("request", request))).isEqualTo(1);
        assertThat(shell.out())
                .contains(
                        "Content-Length is %s, but the body has %s bytes".formatted(BODY.length, longer.length),
                        "valid for the bytes up to Content-Length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{}\n\n", "no header\n\n{}", "POST / HTTP/1.1\n\n{}", "\n\n", "a: b\n"})
    void whatIsNoRequestIsRefused(String text) throws IOException {
        assertThat(shell.run("verify", shell.file("request", text))).isEqualTo(2);
        assertThat(shell.err()).contains("not a captured request", "--signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nab", "5\r\nabcde\r\n", "fffffff\r\nabc", "5\r\nabcde", "5\nab"})
    void chunksThatAreCutShortAreRefused(String body) throws IOException {
        byte[] request = request(body.getBytes(UTF_8), "\r\n", "Transfer-Encoding: chunked");

        assertThat(shell.run("verify", shell.file("request", request))).isEqualTo(2);
        assertThat(shell.err()).contains("chunks");
    }

    @Test
    void aMissingFileIsReported() {
        assertThat(shell.run("verify", "nowhere")).isEqualTo(2);
        assertThat(shell.run("sign", "nowhere")).isEqualTo(2);
        assertThat(shell.err()).contains("nowhere (no such file)");
    }

    private static byte[] concatenated(String[] lines, String lineEnd, byte[] body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String line : lines) {
            text.writeBytes((line + lineEnd).getBytes(ISO_8859_1));
        }
        text.writeBytes(body);
        return text.toByteArray();
    }

    private static byte[] request(byte[] body, String lineEnd, String... head) {
        byte[] end = lineEnd.getBytes(ISO_8859_1);
        byte[] rest = Arrays.copyOf(end, end.length + body.length);
        System.arraycopy(body, 0, rest, end.length, body.length);
        return concatenated(head, lineEnd, rest);
    }
}
