package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.privacy.AppExport;

/** Erasures by the API, as operators and viewers may order them. */
class ErasuresTest extends ApiFixture {

    private static final String ZOE = "{\"identifiers\":[\" Zo\u00eb  QUIST \",\"zoe.quist@example.com\"]}";

    @Test
    void isCountedStartedAndReportedWithoutThePersonAtItsEnd() throws Exception {
        Answer created = post("erasures", ZOE);

        assertThat(created.status()).isEqualTo(201);
        JsonObject json = created.json();
        String path = "erasures/" + json.getString("id");
        assertThat(created.header("Location")).endsWith("/api/v1/" + path);
        assertThat(json.getString("phase")).isEqualTo("counting");
        assertThat(json.getString("orderedBy")).isEqualTo("admin");
        assertThat(json.getJsonArray("identifiers").toString())
                .isEqualTo("[\"zo\u00eb quist\",\"zoe.quist@example.com\"]");
        assertThat(post(path + "/start", "").isProblem(409).body()).contains("still counting");
        work();
        assertThat(get(path).json().getString("phase")).isEqualTo("counted");

        assertThat(post(path + "/start", "").status()).isEqualTo(200);
        work();

        JsonObject done = get(path).json();
        assertThat(done.getString("phase")).isEqualTo("done");
        assertThat(done.getString("startedBy")).isEqualTo("admin");
        assertThat(done.toString().toLowerCase(java.util.Locale.ROOT)).doesNotContain("quist");
        assertThat(done.getJsonArray("fingerprints")).hasSize(2);
        assertThat(done.getJsonArray("places")).isNotEmpty();
        assertThat(get("erasures").body()).contains(json.getString("id"));
        assertThat(post(path + "/cancel", "").isProblem(409).body()).contains("has ended");
    }

    @Test
    void aCancelledErasureForgetsThePerson() {
        String path = "erasures/" + post("erasures", ZOE).json().getString("id");

        JsonObject cancelled = post(path + "/cancel", "").json();

        assertThat(cancelled.getString("phase")).isEqualTo("cancelled");
        assertThat(cancelled.getString("cancelledBy")).isEqualTo("admin");
        assertThat(cancelled.getJsonArray("identifiers")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"identifiers\":\"Ada Quist\"}",
                "{\"identifiers\":[1]}",
                "{\"identifiers\":[\"Ada Quist\"],\"name\":\"x\"}",
                "{\"identifiers\":[]}",
                "{\"identifiers\":[\"Al\"]}",
                "{\"identifiers\":[\"erased\"]}"
            })
    void whatNamesNobodyIsRefused(String body) {
        assertThat(post("erasures", body).isProblem(400).body())
                .contains("identifiers")
                .doesNotContain("Ada");
    }

    @Test
    void anUnknownOneIsNotFound() {
        String path = "erasures/" + UUID.randomUUID();

        get(path).isProblem(404);
        post(path + "/start", "").isProblem(404);
        post(path + "/cancel", "").isProblem(404);
        get("erasures/nonsense").isProblem(400);
    }

    @Test
    void viewersOrderAndExportNothing() {
        as("viewer:of the viewer", "POST", "erasures")
                .header("Content-Type", "application/json")
                .body(ZOE.getBytes(UTF_8))
                .send()
                .isProblem(403);
        assertThat(as("viewer:of the viewer", "GET", "erasures").send().status())
                .isEqualTo(200);
        assertThat(as("viewer:of the viewer", "GET", "apps/app/export")
                        .send()
                        .isProblem(403)
                        .body())
                .contains("for operators");
    }

    @Test
    void isRefusedWhileAHundredOrdersHaveNotEnded() throws Exception {
        giveAllOrders();
        try {
            assertThat(post("erasures", ZOE).isProblem(409).body()).contains("cancel some");
        } finally {
            work.execute("delete from mxhooks.work_order");
        }
    }

    @Test
    void anExportWaitsForTwoOthers() {
        try (AppExport one = exports.begin("one").orElseThrow();
                AppExport two = exports.begin("two").orElseThrow()) {
            assertThat(one).isNotSameAs(two);
            assertThat(get("apps/app/export").isProblem(503).body()).contains("Two exports");
        }
        for (int i = 0; i < 3; i++) {
            assertThat(get("apps/app/export").status()).isEqualTo(200);
        }
    }

    @Test
    void anExportIsAZip() {
        Answer export = get("apps/app/export");

        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).isEqualTo("application/zip");
        assertThat(export.header("Content-Disposition")).contains("attachment");
        assertThat(export.body()).startsWith("PK").contains("deliveries.jsonl", "packages.jsonl");
    }

    private void work() throws SQLException {
        for (int steps = 0; orders.work(); steps++) {
            assertThat(steps).isLessThan(1_000);
        }
    }

    private Answer post(String path, String body) {
        return as("admin:of the operator", "POST", path)
                .header("Content-Type", "application/json")
                .body(body.getBytes(UTF_8))
                .send();
    }
}
