package org.mxhooks.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.operations.WorkState.Parked;

/** What the API answers where a request changes nothing, and what a change would drop. */
class OperatorsRequestsTest extends ApiFixture {

    private List<Long> positions;

    @BeforeAll
    void work() throws Exception {
        positions = work.arrive(6);
        work.register("board", 0);
        work.moveCursors("board", positions.get(3));
        work.register("mirror", positions.get(5));
        work.makeUndecodable(positions.get(1));
        work.execute("delete from mxhooks.body where position = ?", positions.get(2));
        work.park("board", positions.get(3), Parked.PARKED);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, consumers/bord/pause",
        "POST, consumers/bord/resume",
        "POST, consumers/bord/replay?from=2026-01-01&to=2026-01-02",
        "GET, consumers/bord",
        "DELETE, consumers/bord",
        "GET, dead?consumer=bord",
        "POST, dead/replay?consumer=bord"
    })
    void anUnknownConsumerIsAnsweredWithTheKnownOnes(String method, String path) {
        assertThat(detail(change(method, path), 404))
                .isEqualTo("There is no consumer bord; the consumers are: board, mirror.");
    }

    @Test
    void aReplayIsAnsweredWithWhyThereIsNone() throws Exception {
        assertThat(replay("00000000-0000-4000-8000-000000000000", "board", 404)).contains("no delivery with this id");
        assertThat(replay(delivery(0), "bord", 404)).contains("no consumer bord", "board, mirror");
        assertThat(replay(delivery(1), "board", 409)).contains("could not be decoded");
        assertThat(replay(delivery(2), "board", 410)).contains("mxhooks.retention");
        assertThat(replay(delivery(4), "board", 409)).contains("still pending", "board");
        assertThat(replay(delivery(3), "board", 409)).as("waits behind another").contains("still pending");
        assertThat(change("POST", "deliveries/" + delivery(0) + "/replay?consumer=board")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void retiringAnswersWhatWasDropped() throws Exception {
        work.register("last-year", positions.get(1));
        work.park("last-year", positions.get(0), Parked.DEAD);
        work.park("last-year", positions.get(1), Parked.PARKED);
        JsonObject preview = get("consumers/last-year").json();

        JsonObject dropped = change("DELETE", "consumers/last-year").json();

        assertThat(dropped).isEqualTo(preview);
        assertThat(dropped.getInt("pending")).isEqualTo(4);
        assertThat(dropped.getInt("parked")).isOne();
        assertThat(dropped.getInt("dead")).isOne();
        assertThat(get("consumers/last-year").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEAD", "Dead", "dead", "PaRkEd"})
    void aStateIsReadInAnyCase(String state) {
        assertThat(get("deliveries?state=" + state).body())
                .isEqualTo(get("deliveries?state=" + state.toLowerCase(Locale.ROOT))
                        .body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deliveries?from=%s",
                "deliveries?to=%s",
                "apps/an-app/stories?changedSince=%s",
                "apps/an-app/sprints?changedSince=%s"
            })
    void aDateStandsForItsBeginInUtc(String path) {
        for (String date : List.of("2020-01-01", "2120-01-01")) {
            assertThat(get(path.formatted(date)).body())
                    .isEqualTo(get(path.formatted(date + "T00:00:00Z")).body());
        }
    }

    @Test
    void aSpanMayBeGivenInDates() {
        assertThat(change("POST", "consumers/board/replay?from=2020-01-01&to=2120-01-01")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-02, 2026-01-01", "2026-01-01, 2026-01-01", "2026-01-01, 2025-12-31T23:59:59Z"})
    void aSpanThatEndsBeforeItBeginsIsRefused(String from, String to) {
        assertThat(detail(change("POST", "consumers/board/replay?from=" + from + "&to=" + to), 400))
                .contains("parameter to", "an instant after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-1-1", "20260101", "2026-01-01T", "1h", "99999-01-01", "0000-12-31"})
    void whatIsNoDateIsRefused(String date) {
        assertThat(detail(get("deliveries?from=" + date), 400)).contains("a date like 2026-03-01");
    }

    private String replay(String delivery, String consumer, int status) {
        return detail(change("POST", "deliveries/" + delivery + "/replay?consumer=" + consumer), status);
    }

    private static String detail(Answer answer, int status) {
        return answer.isProblem(status).json().getString("detail");
    }

    private String delivery(int index) throws Exception {
        return work.deliveryAt(positions.get(index)).toString();
    }
}
