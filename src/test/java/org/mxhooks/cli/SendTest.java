package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.StandardSigner;
import org.mxhooks.WireFiles;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.terminal.Terminal;
import picocli.CommandLine;

class SendTest {

    private static final String SECRET = "a secret – to keep ";

    @TempDir
    private Path home;

    private Receiver receiver;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private byte[] in = {};
    private Instant now = Instant.parse("2026-05-04T10:00:00Z");

    @BeforeEach
    void startReceiverWhoseSecretIsGenerated() throws IOException {
        receiver = new Receiver();
        Files.writeString(home.resolve("endpoint-default.secret"), SECRET + "\n");
    }

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    @AfterEach
    void theSecretIsNeverPrinted() {
        assertThat(out + "" + err).doesNotContain(SECRET.strip());
    }

    @ParameterizedTest
    @CsvSource({"story-created, stories", "story-updated, stories", "sprint-created, sprints", "sprint-updated, sprints"
    })
    void aSampleArrivesAsThePortalWouldSendIt(String sample, String category) {
        assertThat(send(sample)).isZero();

        Received received = receiver.request();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.header("MxAPI-Projects-EventCategory")).isEqualTo(category);
        assertThat(UUID.fromString(received.header("MxAPI-Projects-Delivery")).version())
                .isEqualTo(4);
        assertThat(received.header("MxAPI-Webhooks-Version")).isEqualTo("1");
        assertThat(received.header("MxAPI-Webhooks-Version-Expiry")).isEmpty();
        assertThat(received.header("User-Agent")).isEqualTo("Mx-Platform");
        assertThat(received.header("Content-Type")).isEqualTo("application/json");
        assertThat(received.isSignedWith(SECRET, "sha256-50")).isTrue();
    }

    @Test
    void aFileIsSignedByTheSchemeAndUnderTheIdThatArePassed() throws IOException {
        String file = Files.writeString(home.resolve("push.json"), "{ }").toString();

        assertThat(send(file, "--scheme", "standard-webhooks", "--id", "msg_7")).isZero();
        assertThat(send(file, "--scheme", "standard-webhooks", "--count", "2")).isZero();

        Received first = receiver.requests().get(0);
        new StandardSigner(SECRET)
                .sign("msg_7", now, first.body())
                .forEach((name, value) -> assertThat(first.header(name)).isEqualTo(value));
        assertThat(receiver.requests())
                .extracting(received -> received.header("webhook-id"))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("msg_"));
    }

    @Test
    void aSampleIsANewDeliveryEachTime() {
        send("story-updated");
        now = now.plusMillis(1);
        send("story-updated");

        assertThat(receiver.requests())
                .extracting(received -> received.meta("UpdatedAt"))
                .containsExactly("2026-05-04T10:00:00.000Z", "2026-05-04T10:00:00.001Z");
        assertThat(receiver.requests())
                .extracting(received -> received.meta("CreatedAt"))
                .containsOnly("2026-03-02T08:15:30.120Z");
        assertThat(receiver.requests())
                .extracting(received -> received.header("MxAPI-Projects-Delivery"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"story-created, Story", "sprint-created, Sprint"})
    void whatIsCreatedIsCreatedNow(String sample, String resource) {
        send(sample);

        JsonObject body = receiver.request().json();
        assertThat(receiver.request().meta("CreatedAt")).isEqualTo("2026-05-04T10:00:00.000Z");
        assertThat(body.getJsonObject(resource).getString("CreationDate")).isEqualTo("2026-05-04T10:00:00.000Z");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ALERT_OK", "ALERT_WARNING", "ALERT_RECOVERY"})
    void theSamplesAreTheBodiesOfTheWireDocument(Sample sample) throws IOException {
        String file = sample.text() + ".json";

        assertThat(Sample.class.getResourceAsStream("samples/" + file))
                .hasBinaryContent(WireFiles.bytes("bodies/" + file.replace("alert-critical", "alert")));
    }

    @ParameterizedTest
    @CsvSource({
        "teamserver-push, teamserver.push, push",
        "package-uploaded, package.uploaded, uploaded",
        "alert-ok, alerts, ok",
        "alert-warning, alerts, warning",
        "alert-critical, alerts, critical",
        "alert-recovery, alerts, recovery"
    })
    void aSampleOfADeploymentIsSignedByTheSchemeOfThoseAndIsOfNow(String sample, String category, String action)
            throws UndecodableBody {
        assertThat(send(sample)).isZero();

        Received received = receiver.request();
        assertThat(received.header("webhook-id")).isNotEmpty();
        assertThat(received.header("webhook-timestamp")).isEqualTo("1777888800");
        assertThat(received.header("webhook-signature")).startsWith("v1,");
        Attributes attributes = DecodedBody.decode("standard-webhooks", received.body())
                .attributes(Optional.empty(), List.of(), received.body(), now);
        assertThat(attributes.category()).isEqualTo(category);
        assertThat(attributes.action()).isEqualTo(action);
        assertThat(attributes.remarks()).isEmpty();
        assertThat(attributes.updatedAt().orElse(now)).isEqualTo(now);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Story\" : {\"StoryId\":1}}\n", "not JSON", "\uFEFF"})
    void aFileIsSentAsExactlyItsBytes(String content) throws IOException {
        Path file = Files.writeString(home.resolve("body"), content);

        assertThat(send(file.toString())).isZero();
        assertThat(receiver.request().body()).asString(UTF_8).isEqualTo(content);
        assertThat(receiver.request().isSignedWith(SECRET, "sha256-50")).isTrue();
    }

    @Test
    void aFileMayHaveTheAtSignOfCurlBeforeItsName() throws IOException {
        Path file = Files.writeString(home.resolve("body"), "{}");
        Path other = Files.writeString(home.resolve("@body"), "[]");

        assertThat(send("@" + file)).isZero();
        assertThat(send(other.toString())).isZero();
        assertThat(receiver.requests())
                .extracting(received -> new String(received.body(), UTF_8))
                .containsExactly("{}", "[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "@-"})
    void aBodyMayComeFromTheInput(String name) {
        in = "{\"a\":\"\u00fc\"}".getBytes(UTF_8);

        assertThat(send(name)).isZero();
        assertThat(receiver.request().body()).isEqualTo(in);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "[]", "{} {}"})
    void aBodyThatIsNoJsonObjectIsSentAfterAWarning(String content) throws IOException {
        Path file = Files.writeString(home.resolve("body"), content);

        assertThat(send(file.toString())).isZero();
        assertThat(receiver.requests()).hasSize(1);
        assertThat(err.toString().lines())
                .containsExactly("mxhooks: warning: the body is not a JSON object; it is sent unchanged.");
    }

    @Test
    void aBodyGivenAsArgumentIsNotRepeated() {
        assertThat(send("{\"Story\":{\"Name\":\"confidential\"}}")).isEqualTo(2);
        assertThat(err.toString()).contains("the argument looks like a body", "with -");
        assertThat(err.toString()).doesNotContain("confidential").hasLineCount(1);
    }

    @Test
    void aFileWithoutACategoryIsSentWithoutOne() throws IOException {
        send(Files.writeString(home.resolve("body"), "{}").toString());

        assertThat(receiver.request().headers()).doesNotContainKey("Mxapi-projects-eventcategory");
    }

    @ParameterizedTest
    @CsvSource({"sha256-50, sha256-50", "sha256, sha256", "raw, raw", "RAW, raw"})
    void theKeyIsDerivedAsTheEndpointIsSet(String name, String derivation) {
        assertThat(send("story-updated", "--key-derivation", name)).isZero();

        assertThat(receiver.request().isSignedWith(SECRET, derivation)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "other\n", "other\r\n", "other\n\n", "\uFEFFother\r\n", "\nother"})
    void theSecretMayComeFromAnotherFileWithOrWithoutLineEnd(String content) throws IOException {
        Path file = Files.writeString(home.resolve("other.secret"), content);

        assertThat(send("story-updated", "--secret-file", file.toString())).isZero();
        assertThat(receiver.request().isSignedWith("other", "sha256-50")).isTrue();
    }

    @Test
    void anAcceptedDeliveryIsReportedById() {
        assertThat(send("story-updated")).isZero();
        assertThat(out.toString().strip()).isEqualTo("202 accepted, delivery 0b1c");
    }

    @Test
    void aDuplicateIsASuccess() {
        receiver.answers(200, "{\"delivery\":\"0b1c\",\"receipt\":\"duplicate\"}");

        assertThat(send("story-updated")).isZero();
        assertThat(out.toString().strip()).isEqualTo("200 duplicate, delivery 0b1c");
    }

    @Test
    void aRefusalIsReportedByTitleAndDetail() {
        receiver.answers(401, "{\"title\":\"Signature not valid\",\"detail\":\"Compare the secrets.\",\"status\":401}");

        assertThat(send("story-updated")).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly("401 Signature not valid", "Compare the secrets.");
        assertThat(err.toString())
                .contains(
                        "signed by the scheme projects with the secret in " + home.resolve("endpoint-default.secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, <h1>Nothing here</h1>",
        "200, <h1>Welcome</h1>",
        "202, ok",
        "302, ''",
        "500, []",
        "503, {}",
        "200, \u001b[2J"
    })
    void ofAnyOtherAnswerTheStatusIsShownAlone(int status, String body) {
        receiver.answers(status, body);

        assertThat(send("story-updated")).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        status + ", which is not an answer of mxhooks: is it at this --url, and has it started?");
    }

    @Test
    void aMissingSecretIsReportedWithPlaceAndRemedy() throws IOException {
        Path generated = home.resolve("endpoint-default.secret");
        Files.delete(generated);

        assertThat(send("story-updated")).isEqualTo(2);
        assertThat(err.toString()).contains(generated.toString(), "no such file", "Start mxhooks", "--secret-file");
        assertThat(receiver.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void anEmptySecretIsRefused(String content) throws IOException {
        Files.writeString(home.resolve("endpoint-default.secret"), content);

        assertThat(send("story-updated")).isEqualTo(2);
        assertThat(err.toString()).contains("the secret is empty");
    }

    @Test
    void aNameThatCannotBeAFileIsRefused() {
        assertThat(send("story\0updated")).isEqualTo(2);
    }

    @Test
    void aMissingFileIsReportedWithTheKnownSamples() {
        assertThat(send("story-deleted")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "story-deleted (no such file)", "story-created, story-updated, sprint-created, sprint-updated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "127.0.0.1", "http:///hooks"})
    void aUrlThatIsNotOfHttpIsRefused(String url) {
        assertThat(run("send", "story-updated", "--url", url)).isEqualTo(2);
        assertThat(err.toString()).contains(url, "--url");
    }

    @Test
    void anUnknownKeyDerivationIsReportedWithTheKnownOnes() {
        assertThat(send("story-updated", "--key-derivation", "md5")).isEqualTo(2);
        assertThat(err.toString()).contains("--key-derivation must be one of sha256-50, sha256, raw");
    }

    @Test
    void anUnavailableReceiverIsReportedWithUrlAndRemedy() throws IOException {
        String url = "http://127.0.0.1:" + unusedPort() + "/mxhooks/hooks/default";

        assertThat(run("send", "story-updated", "--url", url)).isEqualTo(3);
        assertThat(err.toString()).contains("no answer from " + url, "Start it");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksIsNoAnswer() {
        receiver.hangsUp();

        assertThat(send("story-updated")).isEqualTo(3);
    }

    @Test
    void helpNamesTheCommandItsSamplesAndItsDefaults() {
        assertThat(run("--help")).isZero();
        assertThat(run("send", "--help")).isZero();
        assertThat(out.toString()).contains("send", "sprint-updated", "http://127.0.0.1:8080/mxhooks", "--endpoint");
    }

    @Test
    void theVersionIsReported() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("mxhooks ");
    }

    @Test
    void noCommandIsAnsweredByTheUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: mxhooks");
    }

    private int send(String... args) {
        List<String> all = new ArrayList<>(List.of("send", "--url", receiver.url()));
        all.addAll(List.of(args));
        return run(all.toArray(String[]::new));
    }

    private int run(String... args) {
        CommandLine mxhooks = Mxhooks.commandLine(
                new Environment(home, Map.of(), () -> now, Terminal.NONE, new ByteArrayInputStream(in), Duration.ZERO));
        mxhooks.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return mxhooks.execute(args);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
