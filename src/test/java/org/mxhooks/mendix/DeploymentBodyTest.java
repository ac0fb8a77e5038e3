package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.Commit;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.WebhookEvent;

/** Pushes, packages and alerts, signed by scheme {@code standard-webhooks}. */
class DeploymentBodyTest {

    private static final String SCHEME = "standard-webhooks";
    private static final Instant RECEIVED = Instant.parse("2026-03-03T12:00:00Z");
    private static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";
    private static final String ENVIRONMENT = "b6a8c8de-aaaa-4bbb-8ccc-ddddeeeeffff";
    private static final String COMMIT = "9c1185a5c5e9fc54612808977ee8f548b2258d31";

    @Test
    void everyFieldOfAPushIsRead() throws UndecodableBody {
        TeamServerPushEvent push = (TeamServerPushEvent) event(wire("teamserver-push"));

        assertThat(push.category()).isEqualTo("teamserver.push");
        assertThat(push.action()).isEqualTo("push");
        assertThat(push.appId()).contains(APP);
        assertThat(push.updatedAt()).isEmpty();
        assertThat(push.branchName()).contains("main");
        assertThat(push.before()).contains("2e99758548972a8e8822ad47fa1017ff72f06f3f");
        assertThat(push.after()).contains(COMMIT);
        assertThat(push.repositoryType()).contains("git");
        assertThat(push.userId()).contains("3a0c0d0e-1111-4222-8333-444455556666");
        assertThat(push.commits())
                .containsExactly(new Commit(
                        Optional.of(COMMIT),
                        Optional.of("Delivery date on order page"),
                        Optional.of("Ada Quist"),
                        Optional.of("ada.quist@example.com"),
                        Optional.of(Instant.parse("2026-03-02T09:02:11Z")),
                        Optional.of("10.18.0.5000"),
                        List.of("OD-42")));
    }

    @Test
    void everyFieldOfAPackageIsRead() throws UndecodableBody {
        PackageUploadedEvent uploaded = (PackageUploadedEvent) event(wire("package-uploaded"));

        assertThat(uploaded.category()).isEqualTo("package.uploaded");
        assertThat(uploaded.action()).isEqualTo("uploaded");
        assertThat(uploaded.appId()).contains(APP);
        assertThat(uploaded.name()).contains("main-1.4.0.9c1185a5.mda");
        assertThat(uploaded.modelVersion()).contains("1.4.0.9c1185a5");
        assertThat(uploaded.runtimeVersion()).contains("10.18.0.5000");
        assertThat(uploaded.uploaderId()).contains("3a0c0d0e-1111-4222-8333-444455556666");
        assertThat(uploaded.uploadTime()).contains(Instant.parse("2026-03-02T10:25:21.3896Z"));
        assertThat(uploaded.updatedAt()).isEqualTo(uploaded.uploadTime());
    }

    @Test
    void everyFieldOfAnAlertIsRead() throws UndecodableBody {
        AlertEvent alert = (AlertEvent) event(wire("alert"));

        assertThat(alert.category()).isEqualTo("alerts");
        assertThat(alert.action()).isEqualTo("critical");
        assertThat(alert.appId()).contains("order-desk");
        assertThat(alert.alertId()).contains("5d5d5d5d-1234-4321-8888-999900001111");
        assertThat(alert.severity()).contains("Critical");
        assertThat(alert.service()).contains("Application Status");
        assertThat(alert.message()).contains("CRITICAL: 98% of the JVM heap is in use.");
        assertThat(alert.appName()).contains("order-desk");
        assertThat(alert.environment()).contains("production");
        assertThat(alert.environmentId()).contains(ENVIRONMENT);
        assertThat(alert.timestamp()).contains(Instant.parse("2026-03-02T11:00:00.586Z"));
        assertThat(alert.updatedAt()).isEqualTo(alert.timestamp());
        assertThat(alert.url()).contains("https://order-desk.example.com");
        assertThat(alert.sender()).isEmpty();
        assertThat(alert.project()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"teamserver-push", "package-uploaded", "alert"})
    void thereAreNoRemarksOnWhatThePortalSends(String name) throws UndecodableBody {
        assertThat(remarks(wire(name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    teamserver-push  | branch main 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77
                    package-uploaded | package main-1.4.0.9c1185a5.mda 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77
                    alert            | 'service b6a8c8de-aaaa-4bbb-8ccc-ddddeeeeffff Application Status '
                    """)
    void theOrderIsKeptForAppAndBranchForAPackageAndForAServiceOfAnEnvironment(String name, String key)
            throws UndecodableBody {
        Attributes attributes = attributes(wire(name));

        assertThat(attributes.orderingKey()).contains(key);
        assertThat(attributes.laneKey()).isEqualTo(key);
        assertThat(DecodedBody.resourceOf(event(wire(name)))).isEqualTo(attributes.resource());
    }

    @Test
    void aRenamedAppDoesNotDivideTheAlertsOfAService() throws UndecodableBody {
        String alert = "{'severity':'Ok','service':'s','environment_id':'e','app_name':'%s'}";

        assertThat(attributes(alert.formatted("before")).orderingKey())
                .isEqualTo(attributes(alert.formatted("after")).orderingKey())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'severity':'Warning','app_name':'an app','environment_id':'e'} | an app
                    {'severity':'Warning','app_name':'a/b','environment_id':'e'}    | e
                    {'severity':'Warning','environment_id':'E6A8C8DE-AAAA-4BBB-8CCC-DDDDEEEEFFFF'} | e6a8c8de-aaaa-4bbb-8ccc-ddddeeeeffff
                    {'severity':'Warning'}                                          |
                    {'severity':'Warning','projectId':'p'}                          |
                    """)
    void anAlertIsOfTheAppThatItNamesOrElseOfItsEnvironment(String body, String app) throws UndecodableBody {
        assertThat(event(body).appId()).isEqualTo(Optional.ofNullable(app));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'severity':'Critical'}",
                "{'SEVERITY':'Critical','eventType':null}",
                "{'service':'s','environment_id':'e'}",
                "{'service':'s','environmentId':'e'}",
                "{'severity':7}"
            })
    void anAlertIsKnownByItsFields(String body) throws UndecodableBody {
        assertThat(event(body)).isInstanceOf(AlertEvent.class);
        assertThat(event(body).category()).isEqualTo("alerts");
    }

    @Test
    void anAlertWithoutSeverityHasNoneAndIsNotMirrored() throws UndecodableBody {
        String alert = "{'service':'s','environment_id':'e','timestamp':'2026-03-02T11:00:00Z'}";

        assertThat(((AlertEvent) event(alert)).severity()).isEmpty();
        assertThat(event(alert).action()).isEqualTo("unknown");
        assertThat(remarks(alert)).isEqualTo("not mirrored: the body has no usable severity");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                | not mirrored: the body has no eventType and is no alert
                    {'type':'test','timestamp':'now'} | not mirrored: the body has no eventType and is no alert
                    {'service':'s'}                   | not mirrored: the body has no eventType and is no alert
                    {'eventType':'app.deployed'}      | not mirrored: the body's eventType 'app.deployed' is not known
                    {'eventType':'alerts','severity':'Ok'} | not mirrored: the body's eventType 'alerts' is not known
                    {'eventType':'x','severity':'Ok','service':'s','environment_id':'e'} | not mirrored: the body's eventType 'x' is not known
                    {'eventType':7}                   | eventType '7' is not a text;not mirrored: the body's eventType '7' is not known
                    {'Story':{'StoryId':5}}           | not mirrored: the body has no eventType and is no alert
                    """)
    void aTestOfThePortalsAndWhatIsNotKnownIsAnUnknownEvent(String body, String remarks) throws UndecodableBody {
        assertThat(event(body)).isInstanceOf(UnknownEvent.class);
        assertThat(event(body).category()).isEqualTo("unknown");
        assertThat(event(body).action()).isEqualTo("unknown");
        assertThat(remarks(body)).isEqualTo(remarks.replace(';', '\n'));
    }

    @Test
    void anUnknownEventHasTheLaneOfItsApp() throws UndecodableBody {
        assertThat(attributes("{'eventType':'app.deployed','projectId':'%s'}".formatted(APP))
                        .laneKey())
                .isEqualTo("unknown " + APP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"teamserver.push", "TeamServer.Push", " teamserver.push "})
    void everyFieldOfAPushMayBeAbsent(String type) throws UndecodableBody {
        TeamServerPushEvent push = (TeamServerPushEvent) event("{'EVENTTYPE':'%s'}".formatted(type));

        assertThat(Stream.of(push.branchName(), push.before(), push.after(), push.userId(), push.repositoryType()))
                .allMatch(Optional::isEmpty);
        assertThat(push.commits()).isEmpty();
        assertThat(attributes("{'eventType':'%s'}".formatted(type)).laneKey()).isEqualTo("teamserver.push ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                            | 0
                    [null,7,'x',[]]                               | 0
                    [{}]                                          | 1
                    [{'relatedStories':7}]                        | 1
                    [{'relatedStories':[{},null,[],{'id':[]}]}]   | 1
                    [{'authorDate':'soon'},{'message':7}]         | 2
                    7                                             | 0
                    """)
    void aCommitThatIsUnusableIsLeftOut(String commits, int expected) throws UndecodableBody {
        TeamServerPushEvent push =
                (TeamServerPushEvent) event("{'eventType':'teamserver.push','commits':%s}".formatted(commits));

        assertThat(push.commits())
                .hasSize(expected)
                .allMatch(commit -> commit.relatedStories().isEmpty());
    }

    @Test
    void aStoryIsNamedByATextOrANumber() throws UndecodableBody {
        TeamServerPushEvent push = (TeamServerPushEvent)
                event(
                        "{'eventType':'teamserver.push','commits':[{'relatedStories':[{'id':'OD-42'},{'ID':4711},'OD-43',12]}]}");

        assertThat(push.commits().get(0).relatedStories()).containsExactly("OD-42", "4711", "OD-43", "12");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'commits':7                            | commits '7' is not a list
                    'commits':[7]                          | commits[0] '7' is not an object
                    'commits':[{},{'authorDate':'soon'}]   | commits[1].authorDate 'soon' is not a time
                    'branchName':[]                        | branchName (a list) is not a text
                    'userId':true                          | userId 'true' is not a text
                    'userId':5                             |
                    """)
    void aFieldOfAPushThatIsUnusableIsRemarked(String field, String remark) throws UndecodableBody {
        assertThat(remarks("{'eventType':'teamserver.push','projectId':'p',%s}".formatted(field)))
                .isEqualTo(remark == null ? "" : remark);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'eventType':'teamserver.push'}  | not mirrored: the body has no usable projectId
                    {'eventType':'package.uploaded','projectId':'p'} | mirrored as older than every state that has a time: the body has no usable uploadTime
                    {'eventType':'package.uploaded','projectId':'p','uploadTime':'2099-01-01T00:00:00Z'} | uploadTime 2099-01-01T00:00:00Z is more than a day ahead of the arrival, so it is not used;mirrored as older than every state that has a time: the body has no usable uploadTime
                    {'severity':'Ok','service':'s'}  | not mirrored: the body has no usable environment_id
                    {'severity':'Ok','service':'s','environment_id':'a;b'} | environment_id 'a~b' is not an id of at most 100 characters without control or invisible characters, / \\ and ~;not mirrored: the body has no usable environment_id
                    {'severity':'Ok','service':'s','environment_id':'e'} | mirrored as older than every state that has a time: the body has no usable timestamp
                    """)
    void whatTheMirrorCannotPlaceIsRemarkedWithTheReason(String body, String remarks) throws UndecodableBody {
        assertThat(remarks(body)).isEqualTo(remarks.replace(';', '\n').replace('~', ';'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'eventType':'teamserver.push','projectId':'p','branchName':'%s'} | branchName
                    {'eventType':'package.uploaded','projectId':'p','uploadTime':'2026-03-02','name':'%s'} | name
                    {'severity':'%s','service':'s','environment_id':'e','timestamp':'2026-03-02T00:00:00Z'} | severity
                    {'severity':'Ok','service':'%s','environment_id':'e','timestamp':'2026-03-02T00:00:00Z'} | service
                    """)
    void aNameThatTheMirrorCutsIsRemarked(String body, String field) throws UndecodableBody {
        assertThat(remarks(body.formatted("x".repeat(201))).lines())
                .filteredOn(remark -> remark.startsWith(field + " "))
                .singleElement()
                .asString()
                .endsWith("' has more than 200 characters, the mirror keeps so many");
        assertThat(remarks(body.formatted("x".repeat(200)))).doesNotContain("200 characters");
    }

    @Test
    void aPushOfThousandsOfCommitsHasAllOfThemAndFewRemarks() throws UndecodableBody {
        String commits = IntStream.range(0, 2_000)
                .mapToObj("{'id':'%s','authorDate':'soon','message':7,'relatedStories':5}"::formatted)
                .collect(joining(",", "[", "]"));
        String push = "{'eventType':'teamserver.push','projectId':'p','commits':%s}".formatted(commits);

        assertThat(((TeamServerPushEvent) event(push)).commits()).hasSize(2_000);
        assertThat(remarks(push).lines())
                .hasSizeBetween(20, 30)
                .last()
                .asString()
                .startsWith("commits from number ")
                .endsWith(" on are not looked at for remarks");
    }

    @Test
    void aCommitMessageOfHalfAMegabyteIsReadWhole() throws UndecodableBody {
        String message = "x".repeat(500_000);
        String push = "{'eventType':'teamserver.push','projectId':'p','commits':[{'message':'%s'}]}".formatted(message);

        assertThat(((TeamServerPushEvent) event(push)).commits().get(0).message())
                .contains(message);
        assertThat(remarks(push)).isEmpty();
    }

    @Test
    void theFamilyIsThatOfTheSchemeAndNotOfTheBody() throws UndecodableBody {
        byte[] push = WireFiles.bytes("bodies/teamserver-push.json");
        byte[] story = WireFiles.bytes("bodies/story-updated.json");

        assertThat(DecodedBody.decode("projects", push).toEvent(provenance())).isInstanceOf(UnknownEvent.class);
        assertThat(DecodedBody.decode("projects", story).toEvent(provenance())).isInstanceOf(StoryEvent.class);
        assertThat(DecodedBody.decode(SCHEME, story).toEvent(provenance())).isInstanceOf(UnknownEvent.class);
        assertThat(DecodedBody.decode(SCHEME, push).toEvent(provenance())).isInstanceOf(TeamServerPushEvent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'\\ud800'", "'\\u0000'", "''", "1e999999999", "[[[]]]", "{'id':[]}", "true", "null"})
    void noValueOfAnyFieldStopsTheDecoding(String value) throws UndecodableBody {
        for (String body : List.of(wire("teamserver-push"), wire("package-uploaded"), wire("alert"))) {
            for (String field :
                    Json.createReader(new StringReader(body)).readObject().keySet()) {
                String odd = body.replaceFirst(
                        "\"" + field + "\": ",
                        "\"%s\": %s, \"_\": "
                                .formatted(field, value.replace('\'', '"').replace("\\", "\\\\")));

                assertThat(event(odd).toString()).isNotEmpty();
                assertThat(attributes(odd).remarks()).isNotNull();
            }
        }
    }

    private static WebhookEvent event(String body) throws UndecodableBody {
        return DecodedBody.decode(SCHEME, bytes(body)).toEvent(provenance());
    }

    private static Attributes attributes(String body) throws UndecodableBody {
        return DecodedBody.decode(SCHEME, bytes(body)).attributes(Optional.empty(), List.of(), bytes(body), RECEIVED);
    }

    private static String remarks(String body) throws UndecodableBody {
        return String.join("\n", DecodedBody.decode(SCHEME, bytes(body)).remarks(bytes(body), RECEIVED));
    }

    private static Provenance provenance() {
        return new Provenance(new UUID(0, 1), Optional.empty(), "default", 1, RECEIVED, false, "{}");
    }

    private static String wire(String name) {
        return WireFiles.text("bodies/" + name + ".json");
    }

    /** JSON that may be written with apostrophes for quotation marks. */
    private static byte[] bytes(String body) {
        return (body.contains("\"") ? body : body.replace('\'', '"')).getBytes(UTF_8);
    }
}
