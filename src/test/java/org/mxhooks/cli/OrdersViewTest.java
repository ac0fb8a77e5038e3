package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders about many dead letters, and lists for other programs, on the command line. */
class OrdersViewTest extends Conversation {

    private static final String ID = "54105cd3-6741-44c4-b6a6-dd578535e387";
    private static final String ORDER = """
            {"order":"%s","kind":"replay-dead","state":"%s","consumer":"board","done":%s,"total":450,
            "orderedBy":"admin","orderedAt":"2026-05-04T10:00:00Z"}""";

    @Test
    void ordersAreATable() {
        server.answers(
                "GET /api/v1/orders?limit=50", 200, "{\"orders\":[" + ORDER.formatted(ID, "running", 200) + "]}");

        assertThat(run("orders")).isZero();
        assertThat(shell.lines()).hasSize(2);
        assertThat(shell.lines().get(1)).contains(ID, "replay-dead", "running", "200", "450", "board", "admin");
    }

    @Test
    void anOrderIsFollowedToItsEnd() {
        server.answers(
                "POST /api/v1/orders/replay-dead?consumer=board&reason=r", 202, ORDER.formatted(ID, "running", 0));
        server.answers("GET /api/v1/orders/" + ID, 200, ORDER.formatted(ID, "done", 450));

        assertThat(run("orders", "replay-dead", "--consumer=board", "--reason=r", "--yes", "--wait"))
                .isZero();
        assertThat(shell.err()).contains("0 of 450");
        assertThat(shell.out()).contains("done", "450");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "refused"})
    void aListWithoutADownloadRefusesAFormat(String command) {
        assertThat(run(command, "--format=csv")).isEqualTo(2);
        assertThat(shell.err()).contains("--format is for mxhooks deliveries and dead", "--json");
        assertThat(server.lines()).isEmpty();
    }

    @Test
    void asksAboutAsManyAsCanBeReplayed() {
        server.answers("GET /api/v1/dead/count", 200, "{\"count\":4,\"more\":false,\"replayable\":3}");

        assertThat(run("orders", "replay-dead")).isEqualTo(2);
        assertThat(shell.err()).contains("Replay 3 dead letters?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay-dead", "discard-dead"})
    void asksNothingWhereNothingMatches(String command) {
        server.answers("GET /api/v1/dead/count", 200, "{\"count\":0,\"more\":false,\"replayable\":0}");

        assertThat(run("orders", command)).isZero();
        assertThat(shell.err()).contains("No dead letter matches: nothing is ").doesNotContain("--yes");
        assertThat(server.lines()).containsExactly("GET /api/v1/dead/count");
    }

    @Test
    void aPeriodOfWhichNotAllIsReplayedSaysWhy() {
        String order = ORDER.formatted(ID, "done", 3)
                .replace("replay-dead", "replay-period")
                .replace("450", "4");
        server.answers("GET /api/v1/orders/" + ID, 200, order);

        assertThat(run("orders", "show", ID)).isZero();
        assertThat(shell.err()).contains("3 of 4: what could not be decoded");
    }

    @Test
    void nothingIsDiscardedWithoutConfirmation() {
        server.answers("GET /api/v1/dead/count?consumer=board", 200, "{\"count\":100000,\"more\":true}");

        assertThat(run("orders", "discard-dead", "--consumer=board")).isEqualTo(2);
        assertThat(shell.err()).contains("nothing is discarded", "Discard more than 100000 dead letters?", "--yes");
        assertThat(server.lines()).containsExactly("GET /api/v1/dead/count?consumer=board");
    }

    @Test
    void aNoteAndAPeriodArePassedOn() {
        server.answers(202, ORDER.formatted(ID, "running", 0));

        run("orders", "discard-dead", "--note=by hand", "--yes");
        run("orders", "replay-period", "--consumer=board", "--from=2026-05-04", "--to=2026-05-05");
        run("orders", "cancel", ID);
        run("dead", "--discard=" + ID, "--note=by hand");

        assertThat(server.lines())
                .containsExactly(
                        "POST /api/v1/orders/discard-dead?note=by%20hand",
                        "POST /api/v1/orders/replay-period?consumer=board&from=2026-05-04T00%3A00%3A00Z&to=2026-05-05T00%3A00%3A00Z",
                        "POST /api/v1/orders/" + ID + "/cancel",
                        "POST /api/v1/dead/discard?delivery=" + ID + "&note=by%20hand");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders replay-dead --consumer= --yes",
                "orders discard-dead --reason= --yes",
                "deliveries --format=xml",
                "deliveries --format=csv --json",
                "dead --note=x"
            })
    void whatWouldSelectMoreThanIntendedIsRefused(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(server.lines()).isEmpty();
    }

    @Test
    void listsAreWrittenForOtherPrograms() {
        server.answers(
                "GET /api/v1/deliveries/download?text=a%20b&field=name&format=csv", 200, "a,b\r\n1,\u001b[2J\r\n");
        server.answers("GET /api/v1/dead/download?consumer=board&format=jsonl", 200, "{\"a\":1}\n{\"a\":2}\n");
        server.answers("GET /api/v1/dead/download?format=jsonl", 503, "{\"title\":\"Service Unavailable\"}");

        assertThat(run("deliveries", "--text=a b", "--field=name", "--format=csv"))
                .isZero();
        assertThat(shell.out()).isEqualTo("a,b\r\n1,?[2J\r\n");
        assertThat(run("dead", "--consumer=board", "--format=jsonl")).isZero();
        assertThat(shell.out()).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
        assertThat(run("dead", "--format=jsonl")).isNotZero();
        assertThat(shell.err()).contains("Service Unavailable");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = server.application();
        return shell.run(all);
    }
}
