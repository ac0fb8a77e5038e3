package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.WireFiles;

class HooksTest {

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
    void whatIsNewIsAccepted() {
        Answer answer =
                edge.signed(WireFiles.bytes("bodies/story-created.json")).send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().keySet()).containsExactlyInAnyOrder("delivery", "receipt");
        assertThat(answer.json().getString("receipt")).isEqualTo("accepted");
        assertThat(answer.delivery().version()).isEqualTo(7);
    }

    @Test
    void aBodySeenBeforeIsADuplicateOfTheFirstWhateverIdItCarries() {
        byte[] body = WireFiles.bytes("bodies/sprint-created.json");
        Answer first =
                edge.signed(body).header("MxAPI-Projects-Delivery", anId()).send();
        Answer second =
                edge.signed(body).header("MxAPI-Projects-Delivery", anId()).send();

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().getString("receipt")).isEqualTo("duplicate");
        assertThat(second.delivery()).isEqualTo(first.delivery());
    }

    @Test
    void aKnownIdWithANewBodyIsANewDelivery() {
        String id = anId();

        assertThat(Stream.of("{\"one\":1}", "{\"other\":1}")
                        .map(body -> edge.signed(body.getBytes(UTF_8))
                                .header("MxAPI-Projects-Delivery", id)
                                .send()))
                .extracting(Answer::status)
                .containsOnly(202);
    }

    @Test
    void ofManyThatCarryOneBodyAtOnceOneIsAccepted() {
        byte[] body = "{\"many\":64}".getBytes(UTF_8);
        ExecutorService senders = Executors.newFixedThreadPool(64);
        List<CompletableFuture<Answer>> sent = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> edge.signed(body).send(), senders))
                .limit(64)
                .toList();
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
        senders.shutdown();

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(63);
        assertThat(answers.stream().map(Answer::delivery).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mxapi-signature", "MXAPI-SIGNATURE", "MxAPI-Signature"})
    void headersAreReadInAnyCase(String name) {
        byte[] body = name.getBytes(UTF_8);

        assertThat(edge.post(body).header(name, Edge.signature(body)).send().status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain; charset=x",
                "application/x-www-form-urlencoded",
                "a/b",
                "multipart/form-data"
            })
    void anyContentTypeIsTaken(String type) {
        assertThat(edge.signed(type.getBytes(UTF_8))
                        .header("Content-Type", type)
                        .send()
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "[]", "{\"Story\":", "\0", "null", "{\"Story\":null}"})
    void anAuthenticBodyIsAcceptedWhateverItIs(String body) {
        assertThat(edge.signed(body.getBytes(UTF_8)).send().status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY"})
    void onlyAPostIsAnswered(String method) {
        Answer answer = edge.request(method, "hooks/default").send().isProblem(405);

        assertThat(answer.header("Allow").split(",")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other", "DEFAULT", "default/more", "default%20", "%3Cscript%3E", "application.wadl"})
    void anEndpointThatIsNotThereIsNotFound(String path) {
        byte[] body = path.getBytes(UTF_8);
        edge.request("POST", "hooks/" + path)
                .body(body)
                .header("MxAPI-Signature", Edge.signature(body))
                .send()
                .isProblem(404);
    }

    private static String anId() {
        return UUID.randomUUID().toString();
    }
}
