package org.mxhooks.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.WorkState.Parked;

/** What operators find among the deliveries on every supported database. */
@Tag("persistence")
abstract class SearchSuite extends WorkFixture {

    private static final DeliveryFilter ANY = filter(Optional.empty());

    private Search search;

    @BeforeEach
    void begin() {
        search = search(Search.MAX_SCAN);
    }

    @Test
    void listsAllInPagesNewestFirst() throws SQLException {
        List<Long> all = work.arrive(25);

        List<Long> listed = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (List<Long> page = page(ANY, before); !page.isEmpty(); page = page(ANY, before)) {
            listed.addAll(page);
            before = page.get(page.size() - 1);
        }

        assertThat(listed).containsExactlyElementsOf(newestFirst(all));
    }

    @Test
    void showsTheWorstStateOfAllConsumers() throws SQLException {
        List<Long> all = work.arrive(12);
        work.register("ready", last(all));
        work.register("failing", last(all));
        work.park("ready", all.get(0), Parked.REPLAY);
        work.park("failing", all.get(0), Parked.DEAD);
        work.park("failing", all.get(1), Parked.PARKED);
        work.park("ready", all.get(1), Parked.REPLAY);
        work.park("failing", all.get(2), Parked.DEAD_REPLAY);
        work.makeUndecodable(all.get(3));
        work.execute("update mxhooks.parked set attempts = 0 where position = ? and replay", all.get(1));
        work.park("ready", all.get(4), Parked.REPLAY);
        work.execute("update mxhooks.parked set attempts = 0 where position = ?", all.get(4));
        work.moveCursor("ready", work.laneOf(all.get(7)), all.get(7) - 1);

        discarded("failing", all.get(8));
        work.makeUndecodable(all.get(9));
        discarded("", all.get(9));
        discarded("failing", all.get(10));
        work.park("ready", all.get(10), Parked.PARKED);
        work.moveCursor("ready", work.laneOf(all.get(11)), all.get(11) - 1);
        discarded("failing", all.get(11));

        assertStates(all, "dead parked dead dead pending done done pending discarded discarded parked pending");
    }

    @Test
    void countsNothingBeforeAConsumersBeginning() throws SQLException {
        List<Long> all = work.arrive(3);

        assertStates(all, "done done done");
    }

    @Test
    void findsWhatIsPendingInLanesFarBehindOthers() throws SQLException {
        List<Long> all = work.arrive(60);
        work.register("stuck", last(all));
        long early = all.get(3);
        work.moveCursor("stuck", work.laneOf(early), early - 1);
        List<Long> pending = work.positions(
                "select position from mxhooks.delivery where lane = ? and position >= ? order by position",
                work.laneOf(early),
                early);

        assertThat(positions(filter(Optional.of(State.PENDING)))).containsExactlyElementsOf(newestFirst(pending));
    }

    @Test
    void findsByEndpointCategoryAndPortalId() throws SQLException {
        List<Long> all = work.arrive(6);
        work.execute("update mxhooks.delivery set endpoint = 'other' where position = ?", all.get(1));
        work.execute("update mxhooks.delivery set category = 'sprints' where position = ?", all.get(2));
        work.execute("update mxhooks.delivery set portal_id = 'mine' where position = ?", all.get(3));

        assertThat(positions(filter("other", null, null))).containsExactly(all.get(1));
        assertThat(positions(filter(null, "sprints", null))).containsExactly(all.get(2));
        assertThat(positions(filter(null, null, "mine"))).containsExactly(all.get(3));
        assertThat(positions(filter("other", "sprints", null))).isEmpty();
    }

    @Test
    void endsAPageAfterSoManyThatHaveAnotherPortalId() throws SQLException {
        List<Long> all = work.arrive(25);
        work.execute("update mxhooks.delivery set portal_id = 'mine' where position = ?", all.get(11));
        Search searching = search(10);
        DeliveryFilter mine = filter(null, null, "mine");

        DeliveryPage first = searching.deliveries(mine, Long.MAX_VALUE, 9);
        assertThat(first).isEqualTo(new DeliveryPage(List.of(), OptionalLong.of(all.get(15))));
        DeliveryPage second = searching.deliveries(mine, all.get(15), 9);
        assertThat(second.found())
                .extracting(found -> found.summary().position())
                .containsExactly(all.get(11));
        assertThat(second.next()).hasValue(all.get(5));
        assertThat(searching.deliveries(mine, all.get(5), 9))
                .isEqualTo(new DeliveryPage(List.of(), OptionalLong.empty()));

        assertThat(searching.deliveries(mine, all.get(15), 1).next()).isEmpty();
        assertThat(searching
                        .deliveries(filter(null, "sprints", null), Long.MAX_VALUE, 9)
                        .next())
                .isEmpty();
    }

    private Search search(long maxScan) {
        return new Search(new Sql(database.dataSource()), inbox, Engine.of(database.dataSource()), maxScan);
    }

    @Test
    void findsBySpanOfTimeAlsoWhereTimesAndPositionsDisagree() throws SQLException {
        List<Long> all = work.arrive(5);
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        List<Integer> seconds = List.of(-3_600, 10, -10, 30, 3_600);
        for (int i = 0; i < 5; i++) {
            work.execute(
                    "update mxhooks.delivery set received_at = cast(? as timestamp with time zone) where position = ?",
                    noon.plus(seconds.get(i), ChronoUnit.SECONDS).toString(),
                    all.get(i));
        }

        assertThat(positions(span(noon, noon.plusSeconds(31)))).containsExactly(all.get(3), all.get(1));
        assertThat(positions(span(noon.minusSeconds(10), noon))).containsExactly(all.get(2));
        assertThat(positions(span(noon.plusSeconds(7_200), noon.plusSeconds(9_000))))
                .isEmpty();
        assertThat(positions(span(Instant.EPOCH, noon.minusSeconds(3_600)))).isEmpty();
    }

    @Test
    void countsWhatIsUndecodableAndNotDiscarded() throws SQLException {
        List<Long> all = work.arrive(4);
        assertThat(search.undecodable()).isZero();

        for (int i : new int[] {0, 2, 3}) {
            work.makeUndecodable(all.get(i));
        }
        assertThat(search.undecodable()).isEqualTo(3);
        discarded("", all.get(2));
        discarded("a", all.get(3));

        assertThat(search.undecodable()).isEqualTo(2);
    }

    @Test
    void listsDeadLettersInPagesWithUndecodableDeliveries() throws SQLException {
        List<Long> all = work.arrive(4);
        for (String consumer : List.of("b", "a")) {
            work.register(consumer, last(all));
            work.park(consumer, all.get(1), Parked.DEAD);
            work.park(consumer, all.get(2), Parked.DEAD);
        }
        work.park("a", all.get(0), Parked.PARKED);
        work.execute("update mxhooks.parked set dead_at = current_timestamp, reason = 'of ' || consumer, message = 'x'"
                + " where dead");
        work.makeUndecodable(all.get(3));

        List<String> listed = new ArrayList<>();
        DeadLetter end = null;
        for (List<DeadLetter> page = dead(end, 2); !page.isEmpty(); page = dead(end, 2)) {
            page.forEach(letter -> listed.add(
                    all.indexOf(letter.summary().position()) + letter.consumer().orElse("") + " " + letter.reason()));
            end = page.get(page.size() - 1);
        }

        assertThat(listed).containsExactly("3 undecodable", "2a of a", "2b of b", "1a of a", "1b of b");
        assertThat(search.deadLetters(Optional.of("b"), Optional.of("of b"), Long.MAX_VALUE, "", 9))
                .hasSize(2);
        assertThat(search.deadLetters(Optional.of("b"), Optional.of("of a"), Long.MAX_VALUE, "", 9))
                .isEmpty();
    }

    private void discarded(String consumer, long position) throws SQLException {
        work.execute(
                "insert into mxhooks.discarded (consumer, position, discarded_at) values (?, ?, current_timestamp)",
                consumer,
                position);
    }

    private List<DeadLetter> dead(DeadLetter end, int limit) throws SQLException {
        return search.deadLetters(
                Optional.empty(),
                Optional.empty(),
                end == null ? Long.MAX_VALUE : end.summary().position(),
                end == null ? "" : end.consumer().orElse(""),
                limit);
    }

    /** Each delivery's state, in a list, and as a criterion. */
    private void assertStates(List<Long> all, String states) throws SQLException {
        List<State> expected = List.of(states.split(" ")).stream()
                .map(state -> State.valueOf(state.toUpperCase(Locale.ROOT)))
                .toList();
        assertThat(search.deliveries(ANY, Long.MAX_VALUE, 100).found())
                .extracting(FoundDelivery::state)
                .containsExactlyElementsOf(newestFirst(expected));
        for (State state : State.values()) {
            List<Long> those = all.stream()
                    .filter(position -> expected.get(all.indexOf(position)) == state)
                    .toList();
            assertThat(positions(filter(Optional.of(state))))
                    .as("%s", state)
                    .containsExactlyElementsOf(newestFirst(those));
        }
    }

    private List<Long> page(DeliveryFilter filter, long before) throws SQLException {
        return search.deliveries(filter, before, 10).found().stream()
                .map(found -> found.summary().position())
                .toList();
    }

    @Test
    void findsByAppResourceAndText() throws SQLException {
        List<Long> all = work.arrive(8);
        work.execute("update mxhooks.delivery set app_id = 'mine', resource_id = '77' where position = ?", all.get(1));
        body(all.get(2), "{\"name\":\"Gr\\u00fcner Knopf\",\"points\":13}");
        body(all.get(3), "{\"sprint\":{\"id\":13,\"done\":true,\"title\":\"A grüner title\"},\"name\":\"x\"}");
        body(all.get(4), "no JSON with grüner");

        assertThat(positions(Filters.of("appId", "mine"))).containsExactly(all.get(1));
        assertThat(positions(Filters.of("resourceId", "77", "appId", "mine"))).containsExactly(all.get(1));
        assertThat(positions(Filters.of("resourceId", "77", "appId", "other"))).isEmpty();
        assertThat(positions(Filters.of("text", "GRÜNER"))).containsExactly(all.get(4), all.get(3), all.get(2));
        assertThat(search.deliveries(Filters.of("text", "grüner"), Long.MAX_VALUE, 2)
                        .found())
                .extracting(found -> found.summary().position())
                .containsExactly(all.get(4), all.get(3));
        assertThat(positions(Filters.of("text", "grüner", "field", "Name"))).containsExactly(all.get(2));
        assertThat(positions(Filters.of("text", "13", "field", "points"))).containsExactly(all.get(2));
        assertThat(positions(Filters.of("text", "true", "field", "done"))).containsExactly(all.get(3));
        assertThat(positions(Filters.of("text", "grüner", "category", "sprints")))
                .isEmpty();
    }

    @Test
    void findsTextsOnLaterPagesAndAmongLargeBodies() throws SQLException {
        List<Long> all = work.arrive(12);
        String large = "{\"name\":\"" + "a".repeat(1_050_000) + "\"}";
        for (long position : all.subList(1, 9)) {
            body(position, large);
        }
        body(all.get(0), "{\"name\":\"sought\"}");
        DeliveryFilter sought = Filters.of("text", "sought");

        DeliveryPage first = search.deliveries(sought, Long.MAX_VALUE, 10);
        DeliveryPage second = search.deliveries(sought, first.next().orElseThrow(), 10);

        assertThat(first.found()).isEmpty();
        assertThat(first.next().getAsLong()).isBetween(all.get(1), all.get(3));
        assertThat(second.found())
                .extracting(found -> found.summary().position())
                .containsExactly(all.get(0));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void downloadsAllPagesInLines() throws Exception {
        List<Long> all = work.arrive(1_203);
        work.execute("update mxhooks.delivery set portal_id = '=cmd|''\"a\",b' where position = ?", all.get(0));

        List<String> csv = lines(TableFormat.CSV, ANY);
        List<String> json = lines(TableFormat.JSONL, ANY);

        assertThat(csv).hasSize(1_204);
        assertThat(csv.get(0))
                .isEqualTo("delivery,endpoint,receivedAt,category,action,appId,resourceType,resourceId,portalId,state");
        assertThat(csv.get(1_203)).contains(",\"'=cmd|'\"\"a\"\",b\",");
        assertThat(json).hasSize(1_203);
        assertThat(json.get(1_202)).contains("\"portalId\":\"=cmd|'\\\"a\\\",b\"");
        assertThat(csv.stream().skip(1).map(line -> line.split(",")[0]).distinct())
                .hasSize(1_203);
    }

    @Test
    void endsADownloadThatNobodyReads() throws Exception {
        work.arrive(1_100);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new Downloads(search)
                .deliveries(
                        ANY,
                        Long.MAX_VALUE,
                        new Download(TableFormat.CSV, out, () -> out.size() > 10_000, String::valueOf));

        assertThat(out.toString(UTF_8).lines()).hasSize(501);
    }

    @Test
    void endsADownloadOfDeadLettersThatNobodyReads() throws Exception {
        List<Long> all = work.arrive(600);
        work.register("one", all.get(599));
        work.execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, attempts, unended, parked_at, dead_at, reason, message)
                select 'one', position, lane, false, true, 1, 0, current_timestamp, current_timestamp, 'r', 'm' from mxhooks.delivery""");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new Downloads(search)
                .dead(
                        Optional.empty(),
                        Optional.empty(),
                        new Download(TableFormat.CSV, out, () -> out.size() > 10_000, String::valueOf));

        assertThat(out.toString(UTF_8).lines()).hasSize(501);
    }

    @Test
    void saysWhereADownloadWasCutWhenTheDatabaseFails() throws Exception {
        List<Long> all = work.arrive(1_100);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSource failing = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (out.size() > 0) {
                        throw new SQLException("gone");
                    }
                    return method.invoke(database.dataSource(), arguments);
                });
        Search lost = new Search(new Sql(failing), inbox, Engine.of(database.dataSource()), Search.MAX_SCAN);

        new Downloads(lost)
                .deliveries(ANY, Long.MAX_VALUE, new Download(TableFormat.CSV, out, () -> false, String::valueOf));

        assertThat(out.toString(UTF_8).lines()).hasSize(502).last().isEqualTo("next," + all.get(600));
    }

    @Test
    void saysWhereADownloadThatFindsNothingWasCut() throws Exception {
        work.arrive(220);
        search = search(2);

        assertThat(lines(TableFormat.JSONL, Filters.of("portalId", "none")))
                .containsExactly("{\"next\":\"%s\"}".formatted(inbox.head() - 199));
    }

    private List<String> lines(TableFormat format, DeliveryFilter filter) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Downloads(search)
                .deliveries(filter, Long.MAX_VALUE, new Download(format, out, () -> false, String::valueOf));
        return out.toString(UTF_8).lines().toList();
    }

    private void body(long position, String text) throws SQLException {
        work.execute("update mxhooks.body set bytes = ? where position = ?", text.getBytes(UTF_8), position);
    }

    private List<Long> positions(DeliveryFilter filter) throws SQLException {
        return search.deliveries(filter, Long.MAX_VALUE, 100).found().stream()
                .map(found -> found.summary().position())
                .toList();
    }

    private static DeliveryFilter filter(Optional<State> state) {
        return Filters.of("state", state.orElse(null));
    }

    private static DeliveryFilter filter(String endpoint, String category, String portalId) {
        return Filters.of("endpoint", endpoint, "category", category, "portalId", portalId);
    }

    private static DeliveryFilter span(Instant from, Instant to) {
        return Filters.of("from", from, "to", to);
    }

    private static <T> List<T> newestFirst(List<T> oldestFirst) {
        List<T> reversed = new ArrayList<>(oldestFirst);
        Collections.reverse(reversed);
        return reversed;
    }

    private static long last(List<Long> positions) {
        return positions.get(positions.size() - 1);
    }
}
