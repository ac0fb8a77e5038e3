package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.terminal.Terminal;
import org.mxhooks.terminal.Width;

/** What the API answers, as a person or a program sees it. */
class OperatorsViewTest extends Conversation {

    private static final String ID = "54105cd3-6741-44c4-b6a6-dd578535e387";
    private static final String ONE = """
            {"deliveries":[{"delivery":"%s","endpoint":"default","receivedAt":"2026-05-04T10:00:00.123Z","category":"stories",
            "action":"updated","resourceType":"Story","resourceId":"4711","state":"done"}]%s}""";

    @Test
    void deliveriesAreATable() {
        server.answers("GET /api/v1/deliveries?limit=50", 200, ONE.formatted(ID, ""));

        assertThat(run("deliveries")).isZero();
        assertThat(shell.lines())
                .containsExactly(
                        "RECEIVED              DELIVERY                              STATE    EVENT               ENDPOINT",
                        "2026-05-04T10:00:00Z  " + ID + "  done     updated Story 4711  default");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void theOperatorIsKnownByNameAndPassword() {
        run("deliveries");

        assertThat(server.request().header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(("admin:" + Shell.PASSWORD).getBytes(UTF_8)));
    }

    @Test
    void filtersArePassedOn() {
        run(
                "deliveries",
                "--endpoint=a b",
                "--category=stories",
                "--portal-id=x&y",
                "--state=dead",
                "--from=2026-05-04T10:00:00Z",
                "--to=2026-05-05T10:00:00Z",
                "--limit=7");

        assertThat(server.lines())
                .containsExactly("GET /api/v1/deliveries?endpoint=a%20b&category=stories&portalId=x%26y&state=dead"
                        + "&from=2026-05-04T10%3A00%3A00Z&to=2026-05-05T10%3A00%3A00Z&limit=7");
    }

    @Test
    void aListEndsAtItsLimitAndReportsThatThereIsMore() {
        server.answers("GET /api/v1/deliveries?limit=1", 200, ONE.formatted(ID, ",\"next\":\"c1\""));

        assertThat(run("deliveries", "--limit", "1")).isZero();
        assertThat(shell.lines()).hasSize(2);
        assertThat(shell.err()).contains("There are more", "--all");
        assertThat(server.lines()).hasSize(1);
    }

    @Test
    void allPagesAreReadInLargeSteps() {
        server.answers("GET /api/v1/deliveries?limit=200", 200, ONE.formatted("a", ",\"next\":\"c/1\""));
        server.answers("GET /api/v1/deliveries?limit=200&cursor=c%2F1", 200, ONE.formatted("b", ""));

        assertThat(run("deliveries", "--all")).isZero();
        assertThat(shell.lines()).hasSize(3);
        assertThat(shell.err()).isEmpty();

        assertThat(run("deliveries", "--all", "--json")).isZero();
        assertThat(json().getJsonArray("deliveries").getValuesAs(JsonObject.class))
                .extracting(delivery -> delivery.getString("delivery"))
                .containsExactly("a", "b");
    }

    @Test
    void jsonIsPrintedPageByPage() {
        server.answers("GET /api/v1/deliveries?limit=200", 200, ONE.formatted("a", ",\"next\":\"c\""));
        server.answers("GET /api/v1/deliveries?limit=200&cursor=c", 503, "{\"title\":\"Service Unavailable\"}");

        assertThat(run("deliveries", "--all", "--json")).isEqualTo(1);
        assertThat(shell.out()).contains("\"delivery\": \"a\"");
    }

    @Timeout(60)
    @ParameterizedTest
    @ValueSource(strings = {"deliveries --all", "deliveries --all --json", "deliveries --limit=1000", "tail -n=100"})
    void aServerThatRepeatsItsPagesIsNotFollowedWithoutEnd(String command) {
        server.answers(200, ONE.formatted(ID, ",\"next\":\"c1\""));

        assertThat(run(command.split(" "))).isEqualTo(1);
        assertThat(shell.err()).contains("repeats a page", "--url").hasLineCount(1);
        assertThat(server.lines()).hasSize(2);
    }

    @Test
    void jsonIsWhatTheApiSaid() {
        server.answers("GET /api/v1/deliveries?limit=1", 200, ONE.formatted(ID, ",\"next\":\"c1\""));

        assertThat(run("deliveries", "--limit", "1", "--json")).isZero();
        assertThat(json()).isEqualTo(parsed(ONE.formatted(ID, ",\"next\":\"c1\"")));
        assertThat(shell.lines()).hasSizeGreaterThan(5);
    }

    @Test
    void aTableFitsTheTerminal() {
        server.answers("GET /api/v1/dead?limit=50", 200, """
                {"dead":[{"delivery":"%s","consumer":"board","deadAt":"2026-05-04T10:00:00Z","attempts":3,
                "reason":"java.lang.IllegalStateException","message":"サイズ サイズ サイズ サイズ サイズ サイズ サイズ サイズ サイズ サイズ"}]}""".formatted(ID));

        shell.at(110);
        assertThat(run("dead")).isZero();
        assertThat(shell.lines()).allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(110));
        assertThat(shell.out()).contains(ID, "StateException  サイズ", "…");
    }

    @Test
    void deadLettersAreDiscarded() {
        server.answers("POST /api/v1/dead/discard?delivery=" + ID + "&consumer=board", 200, "{\"discarded\":1}");

        assertThat(run("dead", "--discard", ID, "--consumer", "board")).isZero();
        assertThat(shell.lines()).containsExactly("1 dead letter discarded");
        assertThat(run("dead", "--discard", ID, "--reason", "x")).isEqualTo(2);
    }

    @Test
    void statesAreColouredOnATerminalOnly() {
        server.answers("GET /api/v1/deliveries?limit=50", 200, ONE.formatted(ID, ""));

        run("deliveries");
        assertThat(shell.out()).doesNotContain("\u001b");

        shell.at(200);
        run("deliveries");
        assertThat(shell.out()).contains("\u001b[32mdone   \u001b[0m");

        run("deliveries", "--json");
        assertThat(shell.out()).doesNotContain("\u001b");
    }

    /** Strangers choose what a delivery says. */
    @ParameterizedTest
    @CsvSource({"\\u001b[2J", "\\u009b2J", "\\u202e", "\\r\\n", "\\u0007", "\\u0000", "\\u2028"})
    void whatStrangersSendDoesNotReachTheTerminalAsItIs(String escape) {
        String text = "a" + escape + "b";
        server.answers("GET /api/v1/deliveries?limit=50", 200, ONE.formatted(text, ""));
        server.answers("GET /api/v1/deliveries/1", 200, """
                {"delivery":"1","remarks":["%1$s"],"headers":{"%1$s":["%1$s"]},"body":"%1$s","consumers":[
                {"consumer":"%1$s","state":"%1$s","attempts":1,"reason":"%1$s","message":"%1$s","trace":"%1$s"}]}""".formatted(text));

        for (List<String> command : List.of(
                List.of("deliveries"),
                List.of("deliveries", "--json"),
                List.of("delivery", "1"),
                List.of("delivery", "1", "--json"))) {
            assertThat(run(command.toArray(String[]::new))).isZero();
            assertThat(shell.out().replace("\n", "")).doesNotContainPattern("[\\p{C}\\u2028]");
        }
        assertThat(json().getString("body"))
                .isEqualTo(parsed("{\"body\":\"" + text + "\"}").getString("body"));
    }

    @Test
    void oneDeliveryIsShownInFull() {
        server.answers("GET /api/v1/deliveries/" + ID, 200, """
                {"delivery":"%s","endpoint":"default","receivedAt":"2026-05-04T10:00:00.123Z","category":"stories","action":"updated",
                "state":"dead","remarks":["the header says sprints"],"headers":{"User-Agent":["Mx-Platform"]},"body":"{\\n}\\n","consumers":[
                {"consumer":"mirror","state":"done","replay":false,"attempts":0},
                {"consumer":"board","state":"dead","replay":true,"attempts":9,"reason":"java.lang.IllegalStateException",
                "message":"no board","trace":"java.lang.IllegalStateException: no board\\n\\tat Board.put"}]}""".formatted(ID));

        assertThat(run("delivery", ID)).isZero();
        assertThat(shell.out()).isEqualToNormalizingNewlines("""
                delivery      54105cd3-6741-44c4-b6a6-dd578535e387
                state         dead
                endpoint      default
                receivedAt    2026-05-04T10:00:00.123Z
                category      stories
                action        updated
                remark        the header says sprints

                Consumers:
                  mirror: done
                  board: dead (replay), failed attempts: 9
                    reason        java.lang.IllegalStateException
                    message       no board
                      java.lang.IllegalStateException: no board
                      \tat Board.put

                Headers, which no signature covers:
                  User-Agent: Mx-Platform

                Body:
                {
                }
                """);
    }

    @Test
    void aBodyThatIsNoTextOrWasRemovedIsReported() {
        server.answers("GET /api/v1/deliveries/1", 200, "{\"delivery\":\"1\",\"bodyBase64\":\"/w==\"}");
        server.answers("GET /api/v1/deliveries/2", 200, "{\"delivery\":\"2\"}");

        run("delivery", "1");
        assertThat(shell.out()).contains("in Base64:" + System.lineSeparator() + "/w==");
        run("delivery", "2");
        assertThat(shell.out()).contains("removed after mxhooks.retention");
    }

    @Test
    void consumersAreATableWithTheirState() {
        server.answers("GET /api/v1/consumers", 200, """
                [{"name":"board","state":"paused","pending":12,"parked":1,"replays":0,"dead":3,"oldestPending":"2026-05-04T10:00:00.5Z","paused":true,"deployed":true},
                {"name":"gone","state":"not-deployed","pending":0,"parked":0,"replays":0,"dead":0,"paused":false,"deployed":false},
                {"name":"mirror","state":"running","pending":0,"parked":0,"replays":0,"dead":0,"paused":false,"deployed":true}]""");

        assertThat(run("consumers")).isZero();
        assertThat(shell.lines())
                .containsExactly(
                        "NAME    STATE         PENDING  PARKED  REPLAYS  DEAD  OLDEST PENDING",
                        "board   paused             12       1        0     3  2026-05-04T10:00:00Z",
                        "gone    not deployed        0       0        0     0",
                        "mirror  running             0       0        0     0");
    }

    @Test
    void aConsumerOfASubscriptionIsShownWithItsName() {
        server.answers("GET /api/v1/consumers", 200, """
                [{"name":"board","state":"running","pending":0,"parked":0,"replays":0,"dead":0,"paused":false,"deployed":true},
                {"name":"subscription-1","subscription":"Ada","state":"running","pending":0,"parked":0,"replays":0,"dead":0,"paused":false,"deployed":true}]""");
        server.answers("GET /api/v1/dead?limit=50", 200, """
                {"dead":[{"delivery":"%s","consumer":"subscription-1","subscription":"Ada","deadAt":"2026-05-04T10:00:00Z","attempts":3,
                "reason":"r","message":"m"}]}""".formatted(ID));
        server.answers("GET /api/v1/deliveries/" + ID, 200, """
                {"delivery":"%s","state":"dead","remarks":[],"headers":{},"consumers":[
                {"consumer":"subscription-1","subscription":"Ada","state":"dead","replay":false,"attempts":0}]}""".formatted(ID));

        run("consumers");
        assertThat(shell.out()).contains("NAME            SUBSCRIPTION  STATE", "subscription-1  Ada ");
        run("dead");
        assertThat(shell.out()).contains("subscription-1 (Ada)");
        run("delivery", ID);
        assertThat(shell.out()).contains("subscription-1 (Ada): dead");
    }

    @Test
    void aConsumerThatWaitsSaysForWhatSinceWhenAndUntilWhen() {
        server.answers("GET /api/v1/consumers", 200, """
                [{"name":"jms","state":"waiting","pending":12,"parked":0,"replays":0,"dead":0,"paused":false,"deployed":true,
                "waiting":{"lanes":3,"since":"2026-05-04T10:00:00.5Z","nextTry":"2026-05-04T10:00:30Z","reason":"x.Later","message":"broker unavailable"}},
                {"name":"mirror","state":"running","pending":0,"parked":0,"replays":0,"dead":0,"paused":false,"deployed":true}]""");

        assertThat(run("consumers")).isZero();
        assertThat(shell.lines())
                .containsExactly(
                        "NAME    STATE    PENDING  PARKED  REPLAYS  DEAD  OLDEST PENDING  WAITS SINCE           NEXT TRY              WAITS FOR",
                        "jms     waiting       12       0        0     0                  2026-05-04T10:00:00Z  2026-05-04T10:00:30Z  broker unavailable",
                        "mirror  running        0       0        0     0");
    }

    @Test
    void aDeliveryThatWaitsSaysForWhat() {
        server.answers("GET /api/v1/deliveries/" + ID, 200, """
                {"delivery":"%s","state":"pending","remarks":[],"headers":{},"consumers":[{"consumer":"jms","state":"pending","replay":false,"attempts":0,
                "waiting":{"since":"2026-05-04T10:00:00Z","nextTry":"2026-05-04T10:00:30Z","reason":"x.Later","message":"broker unavailable"}}]}""".formatted(ID));

        assertThat(run("delivery", ID)).isZero();
        assertThat(shell.out())
                .containsSubsequence(
                        "jms: pending",
                        "waits since   2026-05-04T10:00:00Z",
                        "next try      2026-05-04T10:00:30Z",
                        "reason        x.Later",
                        "message       broker unavailable");
    }

    @ParameterizedTest
    @CsvSource({"pause, paused", "resume, running"})
    void aConsumerIsPausedAndResumed(String command, String state) {
        server.answers(
                "POST /api/v1/consumers/board/" + command,
                200,
                "{\"name\":\"board\",\"state\":\"" + state
                        + "\",\"pending\":0,\"parked\":0,\"replays\":0,\"dead\":0,\"paused\":" + command.equals("pause")
                        + ",\"deployed\":true}");

        assertThat(run("consumers", command, "board")).isZero();
        assertThat(shell.lines().get(1)).startsWith("board  " + state);
        assertThat(shell.err().contains("Nodes stop notifying it within seconds"))
                .isEqualTo(command.equals("pause"));
        assertThat(server.request().header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aConsumerIsNamedByItsSubscription() {
        server.answers("GET /api/v1/subscriptions", 200, "[{\"id\":\"%s\",\"name\":\"CI / CD\"}]".formatted(ID));
        server.answers(
                "POST /api/v1/consumers/subscription-" + ID + "/resume",
                200,
                "{\"name\":\"subscription-%s\",\"state\":\"running\"}".formatted(ID));

        assertThat(run("consumers", "resume", "CI / CD")).isZero();
        assertThat(shell.out()).contains("subscription-" + ID);
        assertThat(run("consumers", "resume", "CI / CE")).isEqualTo(1);
        assertThat(shell.err())
                .contains("There is no subscription with this name or id; the subscriptions are: CI / CD.");
    }

    /** A consumer that no node has, as the API shows it, also when it was retired. */
    private void hasUnfinished(String name) {
        String consumer =
                "{\"name\":\"%s\",\"pending\":12,\"parked\":1,\"replays\":2,\"dead\":3,\"paused\":false,\"deployed\":false}"
                        .formatted(name);
        server.answers("GET /api/v1/consumers/" + name, 200, consumer);
        server.answers("DELETE /api/v1/consumers/" + name, 200, consumer);
    }

    @Test
    void aConsumerIsRetiredWithWhatItHadNotFinished() {
        hasUnfinished("gone");

        assertThat(run("consumers", "retire", "gone", "--yes")).isZero();
        assertThat(shell.out())
                .contains(
                        "gone is retired; dropped: 15 unfinished events (12 pending, 1 parked, 2 replays) and 3 dead letters.");
        assertThat(server.request().header("Content-Type")).isEqualTo("application/json");

        assertThat(run("consumers", "retire", "gone", "--yes", "--json")).isZero();
        assertThat(json().getInt("pending")).isEqualTo(12);
    }

    @Test
    void oneOfAKindIsCountedAsOne() {
        server.answers(
                "DELETE /api/v1/consumers/gone",
                200,
                "{\"name\":\"gone\",\"pending\":0,\"parked\":0,\"replays\":1,\"dead\":1}");

        assertThat(run("consumers", "retire", "gone", "--yes")).isZero();
        assertThat(shell.lines())
                .containsExactly(
                        "gone is retired; dropped: 1 unfinished event (0 pending, 0 parked, 1 replay) and 1 dead letter.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries", "tail"})
    void whatMatchesNothingIsSaidWithTheEndpointsThereAre(String command) {
        server.answers("GET /api/v1/endpoints", 200, "[{\"name\":\"default\"},{\"name\":\"team-a\"}]");
        server.answers(200, "{\"deliveries\":[]}");

        assertThat(run(command, "--endpoint", "defualt")).isZero();
        assertThat(shell.err().strip()).isEqualTo("No delivery matches. Endpoints: default, team-a.");
        assertThat(run(command, "--category", "story", "--json")).isZero();
        assertThat(shell.err()).contains("No delivery matches. Categories are stories, sprints");
    }

    @Test
    void anEmptyTableIsItsHeadings() {
        server.answers(200, "{\"deliveries\":[],\"dead\":[]}");

        assertThat(run("deliveries")).isZero();
        assertThat(shell.lines()).containsExactly("RECEIVED  DELIVERY  STATE  EVENT  ENDPOINT");
        assertThat(run("dead")).isZero();
        assertThat(shell.err().strip()).isEqualTo("No dead letter matches.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "done", "parked", "dead", "discarded"})
    void eachStateThatIsShownIsAFilter(String state) {
        server.answers(200, "{\"deliveries\":[]}");

        assertThat(run("deliveries", "--state", state)).isZero();
        assertThat(server.lines()).containsExactly("GET /api/v1/deliveries?state=" + state + "&limit=50");
    }

    @Test
    void theHelpOfOneDeliveryIsItsOwn() {
        assertThat(shell.run("delivery", "--help")).isZero();
        assertThat(shell.out()).contains("Usage: mxhooks delivery ").doesNotContain("--limit");
        assertThat(run("delivery")).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send",
                "probe",
                "sign",
                "verify",
                "deliveries",
                "delivery",
                "tail",
                "dead",
                "replay",
                "endpoints",
                "refused"
            })
    void anExampleStaysOnItsLine(String command) {
        assertThat(shell.run(command, "--help")).isZero();
        List<String> examples = Arrays.stream(footer(command))
                .filter(line -> line.startsWith("  "))
                .map(line -> line.replace("%%", "%"))
                .toList();
        assertThat(shell.lines()).containsAll(examples);
        assertThat(examples).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"y, 0", "YES, 0", "n, 1", "'', 1", "yesterday, 1"})
    void aTerminalIsAskedBeforeAConsumerIsRetired(String answer, int exitCode) {
        hasUnfinished("gone");
        shell.at(200).reading((answer + "\n").getBytes(UTF_8));

        assertThat(run("consumers", "retire", "gone")).isEqualTo(exitCode);
        assertThat(shell.err()).contains("Retire gone? It drops 15 unfinished events");
        assertThat(server.lines().contains("DELETE /api/v1/consumers/gone")).isEqualTo(exitCode == 0);
    }

    @Test
    void noConsumerIsRetiredUnasked() {
        hasUnfinished("gone");

        assertThat(run("consumers", "retire", "gone")).isEqualTo(2);
        assertThat(shell.err()).contains("15 unfinished events", "Pass --yes");
        assertThat(server.lines()).containsExactly("GET /api/v1/consumers/gone");
    }

    @Test
    void aDeployedConsumerIsNotAskedAbout() {
        server.answers("GET /api/v1/consumers/board", 200, "{\"name\":\"board\",\"deployed\":true}");
        shell.at(200).reading("y\n".getBytes(UTF_8));

        assertThat(run("consumers", "retire", "board")).isEqualTo(1);
        assertThat(shell.err())
                .contains(
                        "board is deployed on a running node. Undeploy it, wait 15 seconds for its lease to expire, and try again.")
                .doesNotContain("[y/N]");
        assertThat(server.lines()).containsExactly("GET /api/v1/consumers/board");
    }

    @Test
    void aNameThatNoConsumerHasIsNoSuccess() {
        server.answers(404, "{\"title\":\"Not Found\",\"detail\":\"There is no consumer typo; known are: board.\"}");

        for (String command : List.of(
                "consumers retire typo --yes",
                "consumers retire typo",
                "consumers pause typo",
                "replay --dead --consumer typo",
                "replay --from 1h --consumer typo",
                "dead --consumer typo")) {
            assertThat(run(command.split(" "))).as(command).isEqualTo(1);
            assertThat(shell.err()).contains("There is no consumer typo; known are: board.");
        }
    }

    @Test
    void deadLettersAreATableWithTheirReasons() {
        server.answers("GET /api/v1/dead?consumer=board&reason=x.Y&limit=50", 200, """
                {"dead":[{"delivery":"%s","consumer":"board","deadAt":"2026-05-04T10:00:00Z","attempts":3,"reason":"x.Y","message":"no\\nboard",
                "category":"stories","action":"updated","resourceType":"Story","resourceId":"4711"}]}""".formatted(ID));

        assertThat(run("dead", "--consumer", "board", "--reason", "x.Y")).isZero();
        assertThat(shell.lines().get(1)).isEqualTo("2026-05-04T10:00:00Z  " + ID + "  board     x.Y     no board");
    }

    @Test
    void alarmsAreATableWithWhatToDo() {
        server.answers("GET /api/v1/alarms?status=raised", 200, """
                [{"kind":"dead-letters","subject":"board","status":"raised","raisedAt":"2026-05-04T10:00:03.5Z","problem":"It has dead letters.","remedy":"Replay them.","command":"mxhooks dead --consumer board"}]""");
        server.answers("GET /api/v1/alarms?status=ended", 200, """
                [{"kind":"new-field","subject":"a b c","status":"ended","raisedAt":"2026-05-04T10:00:03Z","endedAt":"2026-05-05T10:00:03Z","problem":"It is new.","remedy":"See."}]""");

        assertThat(run("alarms")).isZero();
        assertThat(shell.lines().get(1))
                .matches(
                        "2026-05-04T10:00:03\\S* +dead-letters  It has dead letters\\. +Replay them\\. +mxhooks dead --consumer board");
        assertThat(run("alarms", "--ended")).isZero();
        assertThat(shell.lines().get(shell.lines().size() - 1))
                .matches("2026-05-05T10:00:03\\S* +2026-05-04T10:00:03\\S* +new-field +It is new\\.");
        server.answers("GET /api/v1/alarms?status=raised", 200, "[]");
        assertThat(run("alarms")).isZero();
        assertThat(shell.err()).contains("There are no alarms.");
    }

    @Test
    void endpointsAreATableWithWhatTheyRefusedAndWhy() {
        server.answers("GET /api/v1/endpoints", 200, """
                [{"name":"default","scheme":"projects","keyDerivation":"sha256-50","fingerprint":"0123456789ab","lastDelivery":"2026-05-04T10:00:00Z",
                "webhooksVersion":"1","versionExpiry":"2027-01-01","refused":2,"lastRefusal":{"at":"2026-05-04T11:00:00Z","why":"wrong secret"}},
                {"name":"quiet","scheme":"projects","keyDerivation":"raw","fingerprint":"ba9876543210","refused":0}]""");

        assertThat(run("endpoints")).isZero();
        assertThat(shell.lines().get(1))
                .contains("sha256-50", "0123456789ab", "2027-01-01", "2  wrong secret (2026-05-04T11:00:00Z)");
        assertThat(shell.lines().get(2)).endsWith("0");
    }

    @Test
    void refusedRequestsAreListedWithTheirCause() {
        server.answers("GET /api/v1/refused?reason=too_large&limit=50", 200, """
                {"refused":[{"at":"2026-05-04T11:00:00Z","endpoint":"default","reason":"too_large","address":"203.0.113.7",
                "network":"203.0.113.7/32","requests":7,"why":"The body is larger.","headers":[],"body":""}]}""");

        assertThat(run("refused", "--reason", "too_large")).isZero();
        assertThat(shell.lines().get(1)).contains("default", "too_large", "203.0.113.7", "7  The body is larger.");
    }

    @Test
    void aDeliveryIsReplayedToAConsumer() {
        server.answers("POST /api/v1/deliveries/" + ID + "/replay?consumer=board", 202, "{\"replays\":1}");

        assertThat(run("replay", ID, "--consumer", "board")).isZero();
        assertThat(shell.lines()).containsExactly("1 replay requested");
    }

    @Test
    void deadLettersAreReplayedTogether() {
        server.answers("POST /api/v1/dead/replay?consumer=board&reason=x.Y", 202, "{\"replays\":17}");

        assertThat(run("replay", "--dead", "--consumer", "board", "--reason", "x.Y"))
                .isZero();
        assertThat(shell.lines()).containsExactly("17 replays requested");
    }

    @Test
    void whyNothingIsReplayedIsWhatTheServerSays() {
        server.answers(
                "POST /api/v1/deliveries/" + ID + "/replay?consumer=board",
                409,
                "{\"title\":\"Conflict\",\"detail\":\"The body was emptied after mxhooks.retention.\"}");

        assertThat(run("replay", ID, "--consumer", "board")).isEqualTo(1);
        assertThat(shell.err()).contains("409 Conflict: The body was emptied after mxhooks.retention.");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-04T10:00:00Z, 2026-05-04T10:00:00Z",
        "2026-05-04t12:00:00.5+02:00, 2026-05-04T10:00:00.500Z",
        "2026-05-04 12:00:00+02:00, 2026-05-04T10:00:00Z",
        "2026-05-03T10:00, 2026-05-03T10:00:00Z",
        "2026-05-03 10:00:01, 2026-05-03T10:00:01Z",
        "2026-05-03, 2026-05-03T00:00:00Z",
        "1h, 2026-05-04T09:00:00Z",
        "90S, 2026-05-04T09:58:30Z",
        "15m, 2026-05-04T09:45:00Z",
        "2d, 2026-05-02T10:00:00Z",
        "1w, 2026-04-27T10:00:00Z",
        "1d12h, 2026-05-02T22:00:00Z",
        "PT1H, 2026-05-04T09:00:00Z",
        "pt1h, 2026-05-04T09:00:00Z",
        "P2D, 2026-05-02T10:00:00Z",
        "P1M, 2026-04-04T10:00:00Z",
        "Today, 2026-05-04T00:00:00Z",
        "yesterday, 2026-05-03T00:00:00Z",
        "now, 2026-05-04T10:00:00Z"
    })
    void aTimeIsUnderstoodAsPeopleTypeIt(String typed, String sent) {
        server.answers(200, "{\"deliveries\":[]}");

        assertThat(run("deliveries", "--from", typed, "--limit", "1")).isZero();
        assertThat(server.lines())
                .containsExactly("GET /api/v1/deliveries?from=" + sent.replace(":", "%3A") + "&limit=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1y", "h", "99999999999d", "999999999w", "2026-13-01", "25:00", "tomorrow", "-1h1", "P", "٣h"})
    void aTimeThatIsNoneIsRefused(String typed) {
        assertThat(run("deliveries", "--from=" + typed)).isEqualTo(2);
        assertThat(shell.err()).contains("--from must be an instant (2026-05-04T10:00:00Z), a date (2026-05-04");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aSpanWithoutEndIsReplayedUntilNow() {
        server.answers(202, "{\"replays\":5}");

        assertThat(run("replay", "--from", "1h", "--consumer", "board")).isZero();
        assertThat(server.lines())
                .containsExactly(
                        "POST /api/v1/consumers/board/replay?from=2026-05-04T09%3A00%3A00Z&to=2026-05-04T10%3A00%3A00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEAD", "Dead", " dead "})
    void aStateIsUnderstoodInAnyCase(String state) {
        server.answers(200, "{\"deliveries\":[]}");

        assertThat(run("deliveries", "--state", state)).isZero();
        assertThat(server.lines()).containsExactly("GET /api/v1/deliveries?state=dead&limit=50");
    }

    @Test
    void emptyFiltersCountAsUnset() {
        server.answers(200, "{\"deliveries\":[]}");

        assertThat(run("deliveries", "--state=", "--from=", "--to=", "--endpoint=", "--category=", "--portal-id="))
                .isZero();
        assertThat(server.lines()).containsExactly("GET /api/v1/deliveries?limit=50");
    }

    @Test
    void aSpanOfTimeIsReplayed() {
        server.answers(
                "POST /api/v1/consumers/board/replay?from=2026-05-03T00%3A00%3A00Z&to=2026-05-04T09%3A00%3A00Z",
                202, "{\"replays\":5}");

        assertThat(run("replay", "--from", "2026-05-03", "--to", "1h", "--consumer", "board", "--json"))
                .isZero();
        assertThat(json().getInt("replays")).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "replay --consumer board",
        "replay --dead",
        "replay x --dead --consumer board",
        "replay --from a --consumer board",
        "replay --to 1h --consumer board",
        "replay --from= --to 1h --consumer board",
        "replay --dead --reason= --consumer board",
        "replay --dead --consumer=",
        "deliveries --state nonsense",
        "deliveries --from nonsense",
        "replay x --reason y --consumer board",
        "deliveries --limit 0",
        "deliveries --limit x",
        "deliveries --nonsense",
        "tail -n 201",
        "consumers pause"
    })
    void whatIsUnclearIsRefusedBeforeAnythingIsAsked(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(shell.err()).isNotBlank();
        assertThat(server.requests()).isEmpty();
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(List.of("--url", server.application()));
        return shell.run(all.toArray(String[]::new));
    }

    private String[] footer(String command) {
        Environment none = new Environment(
                home, Map.of(), Instant::now, Terminal.NONE, InputStream.nullInputStream(), Duration.ZERO);
        return Mxhooks.commandLine(none)
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage()
                .footer();
    }

    private JsonObject json() {
        return parsed(shell.out());
    }

    private static JsonObject parsed(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
