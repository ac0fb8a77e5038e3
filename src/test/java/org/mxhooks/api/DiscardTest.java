package org.mxhooks.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;
import org.mxhooks.operations.WorkState.Parked;

/**
 * Dead letters and their end, with a consumer that is dead on one delivery, and a delivery that could not be decoded.
 */
class DiscardTest extends ApiFixture {

    private List<Long> positions;

    @BeforeEach
    void arrive() throws Exception {
        work.execute("delete from mxhooks.parked");
        work.execute("delete from mxhooks.discarded");
        work.execute("delete from mxhooks.undecodable");
        work.execute("delete from mxhooks.lane");
        work.execute("delete from mxhooks.consumer");
        positions = work.arrive(2);
        for (String consumer : List.of("board", "mirror")) {
            work.register(consumer, last());
            work.park(consumer, positions.get(0), Parked.DEAD);
        }
        work.execute("update mxhooks.parked set dead_at = current_timestamp, reason = 'r', message = 'm'");
        work.makeUndecodable(positions.get(1));
    }

    @Test
    void anUndecodableDeliveryIsOneDeadLetterThatNoConsumerIsDoneWith() {
        JsonObject whole = get("deliveries/" + undecodable()).json();

        assertThat(whole.getString("state")).isEqualTo("dead");
        assertThat(whole.getString("undecodable")).isEqualTo("no JSON");
        assertThat(whole.getJsonArray("consumers")).isEmpty();
        assertThat(get("dead").json().getJsonArray("dead"))
                .filteredOn(letter -> letter.asJsonObject().getString("reason").equals("undecodable"))
                .hasSize(1);
    }

    @Test
    void anUndecodableDeliveryIsDiscarded() {
        String delivery = undecodable();

        assertThat(discarded("delivery=" + delivery)).isEqualTo(1);

        assertThat(deadLetters()).containsExactly("board", "mirror");
        assertThat(get("deliveries/" + delivery).json().getString("state")).isEqualTo("discarded");
        assertThat(state(delivery)).isEqualTo("discarded");
        assertThat(get("deliveries?state=discarded").json().getJsonArray("deliveries"))
                .hasSize(1);
        change("POST", "dead/discard?delivery=" + delivery).isProblem(404);
    }

    @Test
    void aConsumersDeadLetterIsDiscardedAlone() {
        String delivery = dead();

        assertThat(discarded("consumer=board&delivery=" + delivery)).isEqualTo(1);

        assertThat(deadLetters()).containsExactly("", "mirror");
        assertThat(consumerState(delivery, "board")).isEqualTo("discarded");
        assertThat(consumerState(delivery, "mirror")).isEqualTo("dead");
        assertThat(state(delivery)).isEqualTo("dead");
        assertThat(get("consumers/board").json().getInt("dead")).isZero();
    }

    @Test
    void allDeadLettersOfADeliveryAreDiscarded() {
        assertThat(discarded("delivery=" + dead())).isEqualTo(2);

        assertThat(deadLetters()).containsExactly("");
    }

    @Test
    void aReplayEndsThatItWasDiscarded() throws Exception {
        String delivery = dead();
        discarded("consumer=board&delivery=" + delivery);

        assertThat(change("POST", "deliveries/" + delivery + "/replay?consumer=board")
                        .status())
                .isEqualTo(202);
        assertThat(consumerState(delivery, "board")).isEqualTo("pending");
        work.execute("delete from mxhooks.parked where consumer = 'board'");

        assertThat(consumerState(delivery, "board")).isEqualTo("done");
    }

    @Test
    void onlyADeadLetterIsDiscarded() throws Exception {
        work.execute("update mxhooks.parked set dead = false");

        change("POST", "dead/discard?delivery=" + dead()).isProblem(404);
        change("POST", "dead/discard?delivery=00000000-0000-4000-8000-000000000000")
                .isProblem(404);
        change("POST", "dead/discard?consumer=bord&delivery=" + undecodable()).isProblem(404);
        change("POST", "dead/discard?delivery=x").isProblem(400);
        change("POST", "dead/discard?consumer=board").isProblem(400);
        as("viewer:of the viewer", "POST", "dead/discard?delivery=" + undecodable())
                .header("Content-Type", "application/json")
                .declaring(0)
                .send()
                .isProblem(403);
        assertThat(deadLetters()).containsExactly("");
    }

    @Test
    void discardingIsAudited() {
        try (CapturedLog log = new CapturedLog()) {
            discarded("delivery=" + undecodable());

            assertThat(log.lines()).anyMatch(line -> line.contains("admin") && line.contains("dead/discard?delivery="));
        }
    }

    private int discarded(String query) {
        var answer = change("POST", "dead/discard?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getInt("discarded");
    }

    private String dead() {
        return delivery(1);
    }

    private String undecodable() {
        return delivery(0);
    }

    /** The newest first. */
    private String delivery(int index) {
        return deliveries().get(index).getString("delivery");
    }

    private String state(String delivery) {
        return deliveries().stream()
                .filter(each -> each.getString("delivery").equals(delivery))
                .findFirst()
                .orElseThrow()
                .getString("state");
    }

    private List<JsonObject> deliveries() {
        return get("deliveries").json().getJsonArray("deliveries").getValuesAs(JsonObject.class);
    }

    private String consumerState(String delivery, String consumer) {
        return get("deliveries/" + delivery).json().getJsonArray("consumers").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("consumer").equals(consumer))
                .findFirst()
                .orElseThrow()
                .getString("state");
    }

    private List<String> deadLetters() {
        return get("dead").json().getJsonArray("dead").getValuesAs(JsonObject.class).stream()
                .map(letter -> letter.getString("consumer", ""))
                .toList();
    }
}
