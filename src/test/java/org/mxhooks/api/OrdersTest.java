package org.mxhooks.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.operations.WorkState.Parked;

/** Orders about many dead letters and deliveries, notes, and lists as files. */
class OrdersTest extends ApiFixture {

    private List<Long> positions;

    @BeforeEach
    void arrive() throws Exception {
        for (String table : List.of("work_order", "parked", "discarded", "undecodable", "lane", "consumer")) {
            work.execute("delete from mxhooks." + table);
        }
        positions = work.arrive(4);
        work.register("board", last());
        for (long position : positions.subList(0, 3)) {
            work.park("board", position, Parked.DEAD);
        }
        work.execute("update mxhooks.parked set reason = '=cause', message = 'm'");
        work.makeUndecodable(positions.get(3));
    }

    @Test
    void countsWhatAnOrderWouldBeAbout() {
        assertThat(get("dead/count").json().getInt("count")).isEqualTo(4);
        assertThat(get("dead/count").json().getInt("replayable")).isEqualTo(3);
        assertThat(get("dead/count?reason=undecodable").json().toString())
                .isEqualTo("{\"count\":1,\"more\":false,\"replayable\":0}");
        assertThat(get("dead/count?consumer=board&reason=%3Dcause").json().toString())
                .isEqualTo("{\"count\":3,\"more\":false,\"replayable\":3}");
        get("dead/count?consumer=bord").isProblem(404);
    }

    @Test
    void replaysAllThatMatchAndShowsHowFarItIs() throws Exception {
        JsonObject order = ordered("replay-dead?consumer=board&reason=%3Dcause");
        assertThat(order.getString("state")).isEqualTo("running");
        assertThat(order.getInt("done")).isZero();
        assertThat(order.getInt("total")).isEqualTo(3);
        assertThat(order.getString("orderedBy")).isEqualTo("admin");

        orders.work();

        JsonObject done = get("orders/" + order.getString("order")).json();
        assertThat(done.getString("state")).isEqualTo("done");
        assertThat(done.getInt("done")).isEqualTo(3);
        assertThat(done).containsKey("endedAt");
        assertThat(get("consumers/board").json().getInt("replays")).isEqualTo(3);
        assertThat(get("dead/count").json().getInt("count")).isEqualTo(1);
        change("POST", "orders/" + order.getString("order") + "/cancel").isProblem(409);
    }

    @Test
    void discardsAllThatMatchAndKeepsTheNote() throws Exception {
        ordered("discard-dead?note=known%20%3Closs%3E");
        orders.work();

        assertThat(get("dead").json().getJsonArray("dead")).isEmpty();
        JsonObject dead = get("deliveries/" + work.deliveryAt(positions.get(0))).json();
        assertThat(dead.getJsonArray("consumers")
                        .getJsonObject(0)
                        .getJsonObject("discarded")
                        .getString("note"))
                .isEqualTo("known <loss>");
        JsonObject undecodable =
                get("deliveries/" + work.deliveryAt(positions.get(3))).json();
        assertThat(undecodable.getJsonObject("discarded").getString("by")).isEqualTo("admin");
    }

    @Test
    void aDeadLetterIsDiscardedWithANote() throws Exception {
        String delivery = work.deliveryAt(positions.get(0)).toString();

        change("POST", "dead/discard?consumer=board&note=twice&delivery=" + delivery);

        JsonObject discarded = get("deliveries/" + delivery)
                .json()
                .getJsonArray("consumers")
                .getJsonObject(0)
                .getJsonObject("discarded");
        assertThat(discarded.getString("note")).isEqualTo("twice");
        assertThat(discarded.getString("by")).isEqualTo("admin");
        change("POST", "dead/discard?note=" + "a".repeat(1001) + "&delivery=" + delivery)
                .isProblem(400);
    }

    @Test
    void cancelsAnOrder() throws Exception {
        String id = ordered("replay-dead?consumer=board").getString("order");

        JsonObject cancelled = change("POST", "orders/" + id + "/cancel").json();
        orders.work();

        assertThat(cancelled.getString("state")).isEqualTo("cancelled");
        assertThat(cancelled.getString("endedBy")).isEqualTo("admin");
        assertThat(get("dead/count").json().getInt("count")).isEqualTo(4);
        assertThat(get("orders").json().getJsonArray("orders")).hasSize(1);
        change("POST", "orders/00000000-0000-4000-8000-000000000000/cancel").isProblem(404);
        get("orders/00000000-0000-4000-8000-000000000000").isProblem(404);
    }

    @Test
    void replaysAPeriodUpToNow() throws Exception {
        JsonObject order = ordered("replay-period?consumer=board&from=2020-01-01&to=9999-01-01");
        orders.work();

        assertThat(get("orders/" + order.getString("order")).json().getInt("done"))
                .isEqualTo(work.positions("select position from mxhooks.parked where replay")
                        .size());
        assertThat(order.getString("to")).startsWith("20");
    }

    @Test
    void listsOrdersInPages() {
        for (int i = 0; i < 3; i++) {
            ordered("replay-dead");
        }

        JsonObject first = get("orders?limit=2").json();
        JsonObject second =
                get("orders?limit=2&cursor=" + first.getString("next")).json();

        assertThat(first.getJsonArray("orders")).hasSize(2);
        assertThat(second.getJsonArray("orders")).hasSize(1);
        assertThat(second).doesNotContainKey("next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay-period?consumer=board&from=2026-01-01",
                "replay-period?from=2026-01-01&to=2026-02-01",
                "replay-period?consumer=board&from=2026-02-01&to=2026-01-01",
                "replay-dead?consumer=%00",
                "replay-dead?note=x",
                "discard-dead?note=%0a"
            })
    void refusesWhatItDoesNotUnderstand(String order) {
        change("POST", "orders/" + order).isProblem(400);
        assertThat(get("orders").json().getJsonArray("orders")).isEmpty();
    }

    @Test
    void onlyOperatorsGiveOrders() {
        change("POST", "orders/replay-dead?consumer=bord").isProblem(404);
        for (String path : List.of("orders/replay-dead", "orders/discard-dead")) {
            as("viewer:of the viewer", "POST", path)
                    .header("Content-Type", "application/json")
                    .declaring(0)
                    .send()
                    .isProblem(403);
        }
        assertThat(get("orders").json().getJsonArray("orders")).isEmpty();
    }

    @Test
    void isRefusedWhileAHundredHaveNotEnded() throws Exception {
        giveAllOrders();

        assertThat(change("POST", "orders/replay-dead").isProblem(409).body()).contains("cancel some");
    }

    @Test
    void listsAreDownloaded() {
        var csv = get("dead/download?consumer=board");
        assertThat(csv.header("content-type")).startsWith("text/csv");
        assertThat(csv.header("content-disposition")).contains("mxhooks-dead-letters.csv");
        assertThat(csv.body().lines()).hasSize(4);
        assertThat(csv.body()).contains(",board,", ",'=cause,m\r\n");
        assertThat(get("dead/download?format=jsonl").body().lines()).hasSize(4);
        assertThat(get("deliveries/download?format=jsonl&state=dead").body().lines())
                .hasSize(4)
                .allMatch(line -> line.contains("\"state\":\"dead\""));
        assertThat(get("consumers/download").body())
                .isEqualTo(
                        "name,pending,parked,replays,dead,oldestPending,paused,deployed\r\nboard,0,0,0,3,,false,false\r\n");
        get("deliveries/download?format=xml").isProblem(400);
        get("deliveries?field=name").isProblem(400);
    }

    private JsonObject ordered(String order) {
        var answer = change("POST", "orders/" + order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json();
    }
}
