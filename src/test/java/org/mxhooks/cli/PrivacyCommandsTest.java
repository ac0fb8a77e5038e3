package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How a person is erased, and an app exported, from a terminal. */
class PrivacyCommandsTest extends Conversation {

    private static final String ID = "54105cd3-6741-44c4-b6a6-dd578535e387";

    @Test
    void countsThenErasesAndReports() {
        server.answers("POST /api/v1/erasures", 201, erasure("counting", 0));
        server.answers("GET /api/v1/erasures/" + ID, 200, erasure("counted", 0));
        server.answers("POST /api/v1/erasures/" + ID + "/start", 200, erasure("done", 17));

        assertThat(run("erase", "--person=ada@example.com", "--person", "Ada Quist", "--yes"))
                .as(shell.err())
                .isZero();

        assertThat(shell.lines())
                .containsExactly(
                        "ORDERED               ERASURE                               PHASE    BY     NAMED  CHANGED",
                        "2026-05-04T10:00:00Z  " + ID + "  done     admin     17       17",
                        "",
                        "PLACE   ROWS  NAMED  CHANGED",
                        "bodies    99     17       17");
        assertThat(server.lines()).contains("POST /api/v1/erasures/" + ID + "/start");
        assertThat(shell.out() + shell.err()).doesNotContain("ada@");
    }

    @Test
    void withoutAYesNothingIsErasedAndTheCountIsCancelled() throws IOException {
        server.answers("POST /api/v1/erasures", 201, erasure("counted", 0));
        server.answers("POST /api/v1/erasures/" + ID + "/cancel", 200, erasure("cancelled", 0));
        String file = shell.file("persons.txt", "ada@example.com\n\nAda Quist\n");

        assertThat(run("erase", "--persons-file", file)).isEqualTo(2);

        assertThat(shell.err()).contains("nothing is erased", "17 rows", "--yes");
        assertThat(shell.out()).contains("https://id.example.com/?[2Jid");
        assertThat(server.lines()).containsExactly("POST /api/v1/erasures", "POST /api/v1/erasures/" + ID + "/cancel");
        shell.at(100).reading("y\n".getBytes(UTF_8));
        server.answers("POST /api/v1/erasures/" + ID + "/start", 200, erasure("done", 17));
        assertThat(run("erase", "--persons-file", file)).isZero();
    }

    @Test
    void anEmptyListSaysSo() {
        server.answers("GET /api/v1/erasures", 200, "[]");

        assertThat(run("erase", "list")).isZero();
        assertThat(shell.err()).contains("No erasure was ordered.");
        assertThat(run("erase", "list", "--json")).isZero();
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void nobodyIsNobody() {
        assertThat(run("erase")).isEqualTo(2);
        assertThat(shell.err()).contains("--person or --persons-file is required");
        assertThat(server.lines()).isEmpty();
    }

    @Test
    void anExportIsSavedOnlyIfItIsComplete() throws IOException {
        Path file = home.resolve("app.zip");
        server.answers("GET /api/v1/apps/app/export", 200, "PK cut off");

        assertThat(run("export", "--app", "app", "--output", file.toString())).isEqualTo(1);

        assertThat(shell.err()).contains("cut", "Try again");
        assertThat(home.toFile().list()).noneMatch(name -> name.startsWith("app.zip"));
        // An empty archive.
        String end = "PK\5\6" + "\0".repeat(18);
        server.answers("GET /api/v1/apps/app/export", 200, end);
        assertThat(run("export", "--app", "app", "--output", file.toString())).isZero();
        assertThat(Files.size(file)).isEqualTo(22);
        assertThat(shell.err()).contains("nothing is stored of this app", "Check the id");
        server.answers("GET /api/v1/apps/app/export", 403, "{\"title\":\"Forbidden\",\"detail\":\"for operators\"}");
        assertThat(run("export", "--app", "app", "--output", file.toString())).isEqualTo(1);
        assertThat(shell.err()).contains("for operators");
        assertThat(Files.size(file)).isEqualTo(22);
    }

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--url=" + server.application();
        return shell.run(all);
    }

    private static String erasure(String phase, int changed) {
        return """
                {"id":"%s","phase":"%s","orderedBy":"admin","orderedAt":"2026-05-04T10:00:00.123Z","identifiers":[],
                "alsoFound":[%s],"named":17,"changed":%s,
                "places":[{"place":"bodies","rows":99,"named":17,"changed":%s}]}""".formatted(
                ID, phase, phase.equals("counted") ? "\"https://id.example.com/\\u001b[2Jid\"" : "", changed, changed);
    }
}
