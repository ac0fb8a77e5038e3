package org.mxhooks.alarms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.MapConfig;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.event.OperatorAlert.Status;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.TestEndpointRegistry;
import org.mxhooks.observer.AlertCall;
import org.mxhooks.operations.WorkState;
import org.mxhooks.operations.WorkState.Parked;
import org.mxhooks.relay.SubscriptionContent;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;

/** What is promised of alarms on every supported database. */
@Tag("persistence")
@TestInstance(Lifecycle.PER_CLASS)
abstract class AlarmSuite {

    private static final Condition BROKEN =
            new Condition(Kind.DEAD_LETTERS, "one", "It is broken.", "Repair it.").withCommand("mxhooks mend");

    private final List<Condition> conditions = new CopyOnWriteArrayList<>();
    private final List<OperatorAlert> notified = new CopyOnWriteArrayList<>();

    private TestDatabase database;
    private Inbox inbox;
    private WorkState work;
    private Sql sql;
    private AlarmTable table;
    private Alarms alarms;
    private Settings settings;
    private EndpointRegistry endpoints;

    abstract TestDatabase database(Path home) throws SQLException;

    @BeforeAll
    void open(@TempDir Path home) throws SQLException {
        database = database(home).migrated();
        inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry());
        work = new WorkState(database.dataSource(), inbox);
        sql = new Sql(database.dataSource());
        table = new AlarmTable(sql);
        alarms = Alarms.of(database.dataSource());
        settings = SettingsReader.read(MapConfig.of(Map.of(
                "mxhooks.home",
                home.toString(),
                "mxhooks.endpoint.default.secret",
                "of the portal",
                "mxhooks.operator.password",
                "of the operator",
                "mxhooks.relay.key",
                "a key")));
        endpoints = TestEndpointRegistry.of(settings, inbox, new SimpleMeterRegistry());
    }

    @AfterAll
    void close() {
        inbox.close();
        database.close();
    }

    @BeforeEach
    void forget() throws SQLException {
        conditions.clear();
        notified.clear();
        for (String old : List.of("alarm", "payload_sample", "parked", "lane", "consumer")) {
            sql.update("delete from mxhooks." + old);
        }
        sql.update(
                "update mxhooks.delivery set endpoint = 'earlier', category = 'earlier', received_at = current_timestamp - interval '1000' day");
    }

    @Test
    void isRaisedOnceAndEndedOnceByAnyNumberOfNodes() throws Exception {
        AlarmRound one = node();
        AlarmRound other = node();
        conditions.add(BROKEN);

        rounds(one, other, one);
        assertThat(alarms.raised())
                .extracting(
                        OperatorAlert::kind,
                        OperatorAlert::subject,
                        OperatorAlert::problem,
                        OperatorAlert::remedy,
                        OperatorAlert::command)
                .containsExactly(
                        tuple(Kind.DEAD_LETTERS, "one", "It is broken.", "Repair it.", Optional.of("mxhooks mend")));
        rounds(node());
        conditions.clear();
        rounds(other, one, node());

        assertThat(notified).extracting(OperatorAlert::status).containsExactly(Status.RAISED, Status.ENDED);
        assertThat(notified.get(1).raisedAt()).isEqualTo(notified.get(0).raisedAt());
        assertThat(alarms.raised()).isEmpty();
        assertThat(alarms.ended()).isEqualTo(List.of(notified.get(1)));

        conditions.add(BROKEN);
        rounds(one, other);
        assertThat(notified).extracting(OperatorAlert::status).endsWith(Status.ENDED, Status.RAISED);
        assertThat(alarms.ended()).isEmpty();
    }

    @Test
    void oneNodeHasTheTurn() throws Exception {
        conditions.add(BROKEN);
        sql.update("update mxhooks.alarm_round set due = current_timestamp + interval '4' minute");

        node().run();

        assertThat(alarms.raised()).isEmpty();
    }

    @Test
    void goesOnAfterAClockWasSetBack() throws Exception {
        conditions.add(BROKEN);
        sql.update("update mxhooks.alarm_round set due = current_timestamp + interval '365' day");

        node().run();

        assertThat(alarms.raised()).hasSize(1);
        assertThat(sql.exists("select 1 from mxhooks.alarm_round where due < current_timestamp + interval '1' minute"))
                .isTrue();
    }

    @Test
    void isAnnouncedThoughAClockWasSetBackMeanwhile() throws Exception {
        table.raise(BROKEN);
        conditions.add(BROKEN);
        sql.update("update mxhooks.alarm set announcing_until = current_timestamp + interval '365' day");

        rounds(node());

        assertThat(notified).extracting(OperatorAlert::status).containsExactly(Status.RAISED);
    }

    /** As if a node had been away for longer than its turn. */
    @Test
    void nodesThatWorkAtOnceRaiseAndAnnounceOnce() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 10; i++) {
                Condition condition = new Condition(Kind.NEW_FIELD, "field " + i, "It is new.", "See.");
                atOnce(nodes, () -> {
                    table.raise(condition);
                    return true;
                });
                OperatorAlert alarm = alarms.raised().get(0);
                assertThat(atOnce(nodes, () -> table.claim(alarm, 60)))
                        .filteredOn(won -> won)
                        .hasSize(1);
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(alarms.raised()).hasSize(10);
    }

    private static List<Boolean> atOnce(ExecutorService nodes, Callable<Boolean> work) throws Exception {
        List<Boolean> results = new ArrayList<>();
        for (Future<Boolean> each :
                nodes.invokeAll(IntStream.range(0, 8).mapToObj(i -> work).toList())) {
            results.add(each.get());
        }
        return results;
    }

    @Test
    void whatADyingNodeDidNotAnnounceIsAnnouncedByAnother() throws Exception {
        conditions.add(BROKEN);
        Announcer dying = new Announcer(alarm -> Stream.of(), Executors.defaultThreadFactory(), Duration.ZERO);
        dying.close();
        rounds(node(dying));
        conditions.clear();

        rounds(node());
        assertThat(notified).as("the other may be busy").isEmpty();
        sql.update("update mxhooks.alarm set announcing_until = current_timestamp - interval '1' second");
        rounds(node());
        assertThat(notified).extracting(OperatorAlert::status).containsExactly(Status.RAISED);
        rounds(node());

        assertThat(notified).extracting(OperatorAlert::status).containsExactly(Status.RAISED, Status.ENDED);
    }

    @Test
    void aCheckThatFailsChangesNothing() throws Exception {
        conditions.add(BROKEN);
        rounds(node());
        AlarmCheck failing = check(Set.of(Kind.DEAD_LETTERS), () -> {
            throw new StackOverflowError();
        });
        AlarmCheck working = check(
                Set.of(Kind.NEW_FIELD), () -> List.of(new Condition(Kind.NEW_FIELD, "field", "It is new.", "See.")));

        rounds(new AlarmRound(table, List.of(failing, working), announcer()));

        assertThat(alarms.raised())
                .extracting(OperatorAlert::kind)
                .containsExactlyInAnyOrder(Kind.DEAD_LETTERS, Kind.NEW_FIELD);
    }

    private AlarmRound holdingForADay() {
        AlarmCheck held = new AlarmCheck() {
            @Override
            public Set<Kind> kinds() {
                return Set.of(Kind.DEAD_LETTERS);
            }

            @Override
            public Duration hold() {
                return Duration.ofDays(1);
            }

            @Override
            public List<Condition> find() {
                return List.copyOf(conditions);
            }
        };
        return new AlarmRound(table, List.of(held), announcer());
    }

    @Test
    void whatIsHeldEndsThoughAClockWasSetBackSinceItWasSeen() throws Exception {
        AlarmRound node = holdingForADay();
        conditions.add(BROKEN);
        rounds(node);
        sql.update("update mxhooks.alarm set seen_at = current_timestamp + interval '365' day");
        rounds(node);
        conditions.clear();

        rounds(node);
        assertThat(alarms.raised()).as("it was seen in the round before").hasSize(1);
        sql.update("update mxhooks.alarm set seen_at = current_timestamp + interval '365' day");
        rounds(node);

        assertThat(alarms.raised()).isEmpty();
    }

    @Test
    void endsWhatIsHeldOnlyAfterAWhile() throws Exception {
        AlarmRound node = holdingForADay();
        conditions.add(BROKEN);
        rounds(node);
        sql.update("update mxhooks.alarm set seen_at = current_timestamp - interval '2' day");
        rounds(node);
        conditions.clear();

        rounds(node);
        assertThat(alarms.raised()).as("it was seen in the round before").hasSize(1);
        sql.update("update mxhooks.alarm set seen_at = current_timestamp - interval '25' hour");
        rounds(node);

        assertThat(alarms.raised()).isEmpty();
    }

    @Test
    void aNodeThatWasAwayDoesNotEndTheAnnouncementOfALaterAlarm() throws Exception {
        conditions.add(BROKEN);
        rounds(node());
        OperatorAlert first = notified.get(0);
        conditions.clear();
        rounds(node());
        table.raise(BROKEN);

        table.announced(first);

        assertThat(table.claim(first, 60)).isFalse();
        assertThat(table.unannounced()).extracting(OperatorAlert::status).containsExactly(Status.RAISED);
    }

    @Test
    void aKindOfALaterReleaseIsLeftToIt() throws Exception {
        sql.update("""
                insert into mxhooks.alarm (kind, subject, raised_at, seen_at, problem, remedy, announced)
                values ('later', 'one', current_timestamp, current_timestamp, 'It is.', 'See.', false)""");

        rounds(node());

        assertThat(alarms.raised()).isEmpty();
        assertThat(notified).isEmpty();
    }

    @Test
    void saysWhatIsTrueNowWithoutBeingRaisedAgain() throws Exception {
        conditions.add(BROKEN);
        rounds(node());
        conditions.set(0, new Condition(BROKEN.kind(), BROKEN.subject(), "It is more broken.", "Repair it soon."));

        rounds(node());

        assertThat(alarms.raised())
                .extracting(OperatorAlert::problem, OperatorAlert::remedy, OperatorAlert::command)
                .containsExactly(tuple("It is more broken.", "Repair it soon.", Optional.empty()));
        assertThat(notified).hasSize(1);
    }

    @Test
    void raisesNoMoreThanAHundredOfACheck() throws Exception {
        for (int i = 0; i < 150; i++) {
            conditions.add(new Condition(Kind.DEAD_LETTERS, "consumer " + i, "It has.", "See."));
        }

        rounds(node(), node());

        assertThat(alarms.raised()).hasSize(100);
        assertThat(notified).hasSize(100);
        conditions.add(new Condition(Kind.DEAD_LETTERS, "before all others", "It has.", "See."));
        rounds(node());
        assertThat(notified).as("what lasts makes room for nothing").hasSize(100);
    }

    @Test
    void forgetsWhatEndedLongAgo() throws Exception {
        conditions.add(BROKEN);
        rounds(node());
        conditions.clear();
        rounds(node());
        sql.update("update mxhooks.alarm set ended_at = current_timestamp - interval '31' day");

        rounds(node());

        assertThat(alarms.ended()).isEmpty();
    }

    @Test
    void seesDeadLettersOfAConsumer() throws Exception {
        List<Long> all = work.arrive(2);
        work.register("one", all.get(1));
        work.register("other", all.get(1));
        AlarmCheck check = new DeadLetterCheck(work.operator(database), () -> Map.of("other", "Board of the team"));
        work.park("other", all.get(0), Parked.PARKED);
        assertThat(check.find()).isEmpty();

        work.park("one", all.get(0), Parked.DEAD);
        work.park("one", all.get(1), Parked.DEAD_REPLAY);

        assertThat(check.find()).extracting(Condition::subject).containsExactly("one");
        work.park("other", all.get(1), Parked.DEAD);
        assertThat(check.find())
                .extracting(Condition::problem)
                .last()
                .asString()
                .startsWith("Subscription Board of the team has");
    }

    @Test
    void seesAVersionThatEndsSoon() throws Exception {
        Instant now = Instant.parse("2026-11-29T12:00:00Z");
        AlarmCheck check = new ExpiringVersions(endpoints, Clock.fixed(now, ZoneOffset.UTC));
        arriveWithExpiry("2026-12-30");
        assertThat(check.find()).isEmpty();

        arriveWithExpiry("2026-12-29");
        assertThat(check.find())
                .extracting(Condition::subject, Condition::problem)
                .containsExactly(
                        tuple(
                                "default",
                                "Version 1 of the webhooks at endpoint default ends on 2026-12-29T00:00:00Z, according to an unsigned header of a delivery."));
        arriveWithExpiry("2026-11-28");
        assertThat(check.find().get(0).problem()).contains(" ended on ");
    }

    private void arriveWithExpiry(String date) {
        receive(Arrivals.withHeaders(
                Arrivals.story(1, date),
                "{\"MxAPI-Webhooks-Version\":[\"1\"],\"MxAPI-Webhooks-Version-Expiry\":[\"%s\"]}".formatted(date)));
    }

    @Test
    void seesAnOpenBreaker() throws Exception {
        Subscriptions subscriptions = Subscriptions.of(
                settings, database.dataSource(), database.transaction(), inbox, Engine.of(database.dataSource()));
        UUID id = subscriptions
                .create(
                        new SubscriptionContent(
                                "Team board",
                                "https://93.184.216.34/",
                                "1",
                                Set.of("stories"),
                                Set.of(),
                                Set.of(),
                                "projects",
                                Map.of()),
                        true,
                        Optional.empty())
                .subscription()
                .id();
        AlarmCheck check = new OpenBreakers(subscriptions);
        assertThat(check.find()).isEmpty();

        sql.update("""
                insert into mxhooks.relay_breaker (subscription, node, opened_at, next_probe_at, probing, failures, cause, seen_at)
                values (?, ?, current_timestamp, current_timestamp + interval '1' minute, false, 5, 'connection refused', current_timestamp)""", id, UUID.randomUUID());

        assertThat(check.find())
                .extracting(Condition::subject, Condition::problem)
                .containsExactly(
                        tuple(
                                "Team board",
                                "The subscriber of Team board failed repeatedly and is called for probes only; its deliveries wait."));
    }

    @Test
    void seesThatAnEndpointIsSilentAgainstItsRhythm() throws Exception {
        List<Long> all = work.arrive(Rhythm.HOURS);
        Instant last = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        for (int i = 0; i < all.size(); i++) {
            receivedAt(all.get(i), last.minus(Duration.ofHours(all.size() - 1 - i)));
        }

        assertThat(silentAt(last.plus(Duration.ofMinutes(179)))).isEmpty();
        assertThat(silentAt(last.plus(Duration.ofHours(4)).minusSeconds(1))).isEmpty();
        assertThat(silentAt(last.plus(Duration.ofHours(4)))).containsExactly("default");
        // the hours before are not all usual any more
        sql.update(
                "update mxhooks.delivery set endpoint = 'other' where position between ? and ?",
                all.get(0),
                all.get(Rhythm.HOURS / 2 - 1));
        assertThat(silentAt(last.plus(Duration.ofHours(4)))).isEmpty();
    }

    @Test
    void hoursBeforeTheLogBeganAreNotActive() throws Exception {
        long position = work.arrive(1).get(0);
        Instant last = Instant.now().truncatedTo(ChronoUnit.HOURS);
        receivedAt(position, last.plusSeconds(10));

        assertThat(inbox.activeHours("default", last.minus(Duration.ofHours(9)), 10).stream()
                        .boxed())
                .containsExactly(9);
        assertThat(inbox.activeHours("other", last.minus(Duration.ofHours(9)), 10)
                        .isEmpty())
                .isTrue();
    }

    private List<String> silentAt(Instant now) throws SQLException {
        return new SilentEndpoints(endpoints, inbox, Clock.fixed(now, ZoneOffset.UTC))
                .find().stream().map(Condition::subject).toList();
    }

    @Test
    void seesANewFieldAcrossRestarts() throws Exception {
        for (int day = 10; day > 0; day--) {
            receive(day, 6, "");
            assertThat(fields()).as("day %s", day).isEmpty();
        }

        receive(0, 1, ",\"Effort\":3");

        assertThat(fields())
                .extracting(Condition::kind, Condition::subject)
                .containsExactly(tuple(Kind.NEW_FIELD, "stories updated Story.Effort"));
        assertThat(fields()).as("of another node").hasSize(1);
    }

    @Test
    void samplesTheNewestAndEachOnce() throws Exception {
        receive(0, 50, "");
        fields();
        assertThat(samples()).isEqualTo(20);
        receive(0, 3, "");
        fields();
        fields();

        assertThat(samples()).isEqualTo(23);
    }

    private int samples() throws SQLException {
        String json = sql.first("select fields from mxhooks.payload_sample", row -> row.getString(1))
                .orElseThrow();
        return Integer.parseInt(json.replaceFirst(".*\"samples\":([0-9]+).*", "$1"));
    }

    /** Of a node that has just started. */
    private List<Condition> fields() throws Exception {
        return new PayloadFields(sql, inbox, Clock.systemUTC()).find();
    }

    private void receive(int daysAgo, int howMany, String more) throws SQLException {
        long before = inbox.head();
        for (int i = 0; i < howMany; i++) {
            String body =
                    "{\"Action\":\"updated\",\"Story\":{\"StoryId\":1,\"Name\":\"%s\"%s},\"Project\":{\"AppId\":\"app\"}}"
                            .formatted(UUID.randomUUID(), more);
            receive(Arrivals.of("default", 1, body.getBytes(UTF_8)));
        }
        sql.update(
                "update mxhooks.delivery set received_at = ? where position > ?",
                Sql.time(Instant.now().minus(Duration.ofDays(daysAgo))),
                before);
    }

    private void receive(Arrival arrival) {
        assertThat(inbox.append(arrival).toCompletableFuture().join()).isInstanceOf(Receipt.Accepted.class);
    }

    private void receivedAt(long position, Instant at) throws SQLException {
        sql.update("update mxhooks.delivery set received_at = ? where position = ?", Sql.time(at), position);
    }

    private void rounds(AlarmRound... nodes) throws Exception {
        for (AlarmRound node : nodes) {
            sql.update("update mxhooks.alarm_round set due = current_timestamp - interval '1' second");
            node.run();
        }
    }

    private AlarmRound node() {
        return node(announcer());
    }

    private AlarmRound node(Announcer announcer) {
        return new AlarmRound(
                table, List.of(check(Set.of(Kind.DEAD_LETTERS), () -> List.copyOf(conditions))), announcer);
    }

    private Announcer announcer() {
        return new Announcer(
                alarm -> Stream.of(new AlertCall("recorder", () -> notified.add(alarm))),
                Executors.defaultThreadFactory(),
                Duration.ofMinutes(1));
    }

    private static AlarmCheck check(Set<Kind> kinds, Callable<List<Condition>> finding) {
        return new AlarmCheck() {
            @Override
            public Set<Kind> kinds() {
                return kinds;
            }

            @Override
            public List<Condition> find() throws Exception {
                return finding.call();
            }
        };
    }
}
