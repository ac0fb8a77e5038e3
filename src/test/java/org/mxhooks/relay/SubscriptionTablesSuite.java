package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.MapConfig;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.relay.BreakerState.Phase;
import org.mxhooks.relay.SubscriptionKey.WrongKey;
import org.mxhooks.resilience.CircuitBreaker.Permit;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;

/** What is kept of subscriptions, on every supported database. */
@Tag("persistence")
abstract class SubscriptionTablesSuite {

    private static final SubscriptionContent CONTENT = new SubscriptionContent(
            "one",
            "https://93.184.216.34/",
            "1",
            Set.of("stories"),
            Set.of(),
            Set.of("created"),
            "projects",
            Map.of("X-Key", "a key"));

    private static final String SECRET = "a secret of this test";

    @TempDir
    Path home;

    private final AtomicLong nanos = new AtomicLong();
    private TestDatabase database;
    private Inbox inbox;
    private Engine engine;
    private Sql sql;

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = database().migrated();
        sql = new Sql(database.dataSource());
        for (String table : new String[] {"relay_attempt", "relay_breaker", "subscription", "lane", "consumer"}) {
            sql.update("delete from mxhooks." + table);
        }
        inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry());
        engine = Engine.of(database.dataSource());
    }

    @AfterEach
    void close() {
        inbox.close();
        database.close();
    }

    @Test
    void hasItsCursorsWhenItIsCreated() throws Exception {
        Subscription created =
                subscriptions("a key").create(CONTENT, false, Optional.empty()).subscription();

        assertThat(engine.consumers()).containsExactly(created.consumer());
        assertThat(count("lane")).isEqualTo(32);
        assertThat(created.active()).isFalse();
        assertThat(created.content().headers()).isEqualTo(Map.of("X-Key", "****"));
    }

    @Test
    void isCurrentUntilItIsChangedOrDeleted() throws Exception {
        Subscriptions subscriptions = subscriptions("key");
        UUID id = subscriptions
                .create(CONTENT, true, Optional.of(SECRET))
                .subscription()
                .id();
        SubscriptionTable table = new SubscriptionTable(sql);
        assertThat(table.isAt(id, 1)).isTrue();

        subscriptions.change(id, named("renamed"), true);
        assertThat(table.isAt(id, 1)).isFalse();
        assertThat(table.isAt(id, 2)).isTrue();

        subscriptions.delete(id);
        assertThat(table.isAt(id, 2)).isFalse();
    }

    @Test
    void leavesNothingOfOneThatIsRefused() throws Exception {
        Subscriptions subscriptions = subscriptions("a key");
        subscriptions.create(CONTENT, true, Optional.empty());

        assertThatThrownBy(() -> subscriptions.create(CONTENT, true, Optional.empty()))
                .isInstanceOf(InvalidSubscription.class);
        assertThat(count("lane")).isEqualTo(32);
        assertThat(count("subscription")).isOne();
    }

    @Test
    void isRemovedWithAllThatBelongsToIt() throws Exception {
        Subscriptions subscriptions = subscriptions("a key");
        UUID id = subscriptions
                .create(CONTENT, true, Optional.empty())
                .subscription()
                .id();
        attempt(id, Instant.now());

        assertThat(subscriptions.delete(id)).isTrue();
        assertThat(subscriptions.all()).isEmpty();
        subscriptions.deleted().remove();

        for (String table : new String[] {"relay_attempt", "subscription", "lane", "consumer"}) {
            assertThat(count(table)).as(table).isZero();
        }
    }

    /** The dispatch loop waits meanwhile, however many are deleted together. */
    @Test
    void removesNoMoreAtOnceThanOfOne() throws Exception {
        Subscriptions subscriptions = subscriptions("a key");
        for (String name : List.of("one", "two", "three")) {
            UUID id = subscriptions
                    .create(named(name), true, Optional.empty())
                    .subscription()
                    .id();
            sql.update(
                    "insert into mxhooks.relay_attempt (subscription, delivery, position, started_at, duration_ms, status)"
                            + " select cast(? as uuid), cast(? as uuid), n, current_timestamp, 1, 200 from unnest(cast(? as bigint array)) as t (n)",
                    id,
                    id,
                    Sql.Array.ofBigints(LongStream.range(0, 6_000).boxed().toList()));
            subscriptions.delete(id);
        }

        subscriptions.deleted().remove();

        assertThat(count("relay_attempt")).isEqualTo(8_000);
        subscriptions.deleted().remove();
        assertThat(count("relay_attempt")).isZero();
        assertThat(count("subscription")).isZero();
    }

    @Test
    void isNotChangedWithAnotherKey() throws Exception {
        UUID id = subscriptions("a key")
                .create(CONTENT, true, Optional.empty())
                .subscription()
                .id();
        Subscriptions other = subscriptions("another key");

        assertThat(other.all()).hasSize(1);
        assertThatThrownBy(() -> other.rotateSecret(id, Optional.empty())).isInstanceOf(RelayUnavailable.class);
        assertThatThrownBy(() -> other.change(id, CONTENT, true)).isInstanceOf(RelayUnavailable.class);
        assertThat(other.delete(id)).isTrue();
    }

    @Test
    void isEncryptedAnewUnderTheCurrentKeyAndOnlyOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            subscriptions("old key").create(named("s" + i), true, Optional.of(SECRET));
        }
        Subscriptions rotating = subscriptions("new key", "old key");

        assertThat(rotating.reEncrypt()).isEqualTo(new ReEncryption(5, 0));

        assertThat(rotating.reEncrypt()).isEqualTo(new ReEncryption(0, 0));
        Subscription first = subscriptions("new key").all().get(0);
        assertThat(subscriptions("new key").rotateSecret(first.id(), Optional.empty()))
                .isPresent();
        assertThat(first.revision()).as("nobody has to notice").isOne();
        assertThat(opened("new key")).hasSize(5).filteredOn(SECRET::equals).hasSize(4);
        assertThatThrownBy(() -> opened("old key")).isInstanceOf(WrongKey.class);
    }

    @Test
    void opensWithEitherKeyAndSealsWithTheCurrent() throws Exception {
        UUID id = subscriptions("old key")
                .create(CONTENT, true, Optional.of(SECRET))
                .subscription()
                .id();

        subscriptions("new key", "old key").change(id, named("renamed"), true);

        assertThat(opened("new key")).containsExactly(SECRET);
    }

    /** Of a key that is lost: the others are done, and what remains is counted. */
    @Test
    void leavesAloneWhatNoKeyOpens() throws Exception {
        subscriptions("lost key").create(named("lost"), true, Optional.empty());
        subscriptions("old key").create(named("old"), true, Optional.empty());

        assertThat(subscriptions("new key", "old key").reEncrypt()).isEqualTo(new ReEncryption(1, 1));
    }

    /** Each row is counted once, whoever encrypts it. */
    @Test
    void isEncryptedAnewByTwoNodesAtOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            subscriptions("old key").create(named("s" + i), true, Optional.of(SECRET));
        }
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            Callable<ReEncryption> node =
                    () -> subscriptions("new key", "old key").reEncrypt();
            List<Future<ReEncryption>> ended = nodes.invokeAll(List.of(node, node));

            assertThat(ended.get(0).get().reEncrypted() + ended.get(1).get().reEncrypted())
                    .isEqualTo(40);
        } finally {
            nodes.shutdownNow();
        }
        assertThat(opened("new key")).hasSize(40).containsOnly(SECRET);
    }

    /** As by a node that is killed: what is committed stays, and a repetition does the rest. */
    @Test
    void isEncryptedAnewAfterAnInterruption() throws Exception {
        for (int i = 0; i < 5; i++) {
            subscriptions("old key").create(named("s" + i), true, Optional.of(SECRET));
        }
        SubscriptionTable table = new SubscriptionTable(sql);
        SubscriptionTable.StoredSubscription first = table.all().get(0);
        table.reseal(
                first.subscription().id(),
                new SubscriptionKey("new key")
                        .seal(
                                new Confidential(SECRET, Map.of("X-Key", "a key")).json(),
                                first.subscription().id()));
        assertThat(opened("new key", "old key")).hasSize(5);

        assertThat(subscriptions("new key", "old key").reEncrypt()).isEqualTo(new ReEncryption(4, 0));

        assertThat(opened("new key")).hasSize(5).containsOnly(SECRET);
    }

    private List<String> opened(String... keys) throws Exception {
        RelayKeys relay = new RelayKeys(settings(keys).relay());
        List<String> secrets = new ArrayList<>();
        for (SubscriptionTable.StoredSubscription row : new SubscriptionTable(sql).all()) {
            secrets.add(relay.open(row).secret());
        }
        return secrets;
    }

    private static SubscriptionContent named(String name) {
        return new SubscriptionContent(
                name,
                CONTENT.url(),
                CONTENT.version(),
                CONTENT.events(),
                CONTENT.apps(),
                CONTENT.actions(),
                CONTENT.format(),
                CONTENT.headers());
    }

    /** Whichever node is asked, the node that does the work has the say. */
    @Test
    void showsTheBreakerThatIsWorstOnAnyNode() throws Exception {
        Subscriptions subscriptions = subscriptions("a key");
        UUID id = subscriptions
                .create(CONTENT, true, Optional.empty())
                .subscription()
                .id();
        Breakers well = breakers();
        Breakers troubled = breakers();
        well.of(id).failed(well.of(id).acquire(), UUID.randomUUID(), "500");
        troubled.of(id).unreachable(troubled.of(id).acquire(), "refused");
        well.follow(Set.of(id));
        troubled.follow(Set.of(id));

        BreakerState state = subscriptions.find(id).orElseThrow().breaker();

        assertThat(state.phase()).isEqualTo(Phase.OPEN);
        assertThat(state.cause()).contains("refused");
        assertThat(state.consecutiveFailures()).isEqualTo(2);
        assertThat(state.since()).isPresent();
        assertThat(state.nextProbeAt()).isPresent();

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        Permit probe = troubled.of(id).acquire();
        troubled.follow(Set.of(id));
        assertThat(probe.probe()).isTrue();
        assertThat(subscriptions.all().get(0).breaker().phase()).isEqualTo(Phase.HALF_OPEN);

        troubled.of(id).succeeded(UUID.randomUUID());
        troubled.follow(Set.of(id));
        assertThat(subscriptions.find(id).orElseThrow().breaker().phase()).isEqualTo(Phase.CLOSED);
        well.follow(Set.of());
        assertThat(count("relay_breaker")).isZero();
    }

    /** Its last row may be dated ahead, by a clock that has been set back since. */
    @ParameterizedTest
    @ValueSource(strings = {"- interval '2' minute", "+ interval '365' day"})
    void believesNoNodeThatIsGone(String sinceThen) throws Exception {
        Subscriptions subscriptions = subscriptions("a key");
        UUID id = subscriptions
                .create(CONTENT, true, Optional.empty())
                .subscription()
                .id();
        Breakers gone = breakers();
        gone.of(id).unreachable(gone.of(id).acquire(), "refused");
        gone.follow(Set.of(id));
        sql.update("update mxhooks.relay_breaker set seen_at = seen_at " + sinceThen);

        assertThat(subscriptions.find(id).orElseThrow().breaker()).isEqualTo(BreakerState.UNTROUBLED);

        Breakers other = breakers();
        other.of(id).waitFor(other.of(id).acquire(), UUID.randomUUID(), Duration.ofMinutes(5));
        other.follow(Set.of(id));
        assertThat(count("relay_breaker")).isOne();
        assertThat(subscriptions.find(id).orElseThrow().breaker().waitsUntil()).isPresent();
    }

    /** As often as a source of consumers is asked. */
    @Test
    void writesABreakerOnlyWhenItHasChanged() throws Exception {
        UUID id = UUID.randomUUID();
        Breakers breakers = breakers();
        breakers.of(id).unreachable(breakers.of(id).acquire(), "refused");
        breakers.follow(Set.of(id));
        sql.update("delete from mxhooks.relay_breaker");

        breakers.follow(Set.of(id));
        assertThat(count("relay_breaker")).isZero();

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        breakers.of(id).unreachable(breakers.of(id).acquire(), "refused");
        breakers.follow(Set.of(id));
        assertThat(count("relay_breaker")).isOne();
    }

    @Test
    void countsThoseThatAreNotCalled() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Breakers breakers = breakers();
        breakers.measure(meters);
        UUID id = UUID.randomUUID();
        breakers.of(id).unreachable(breakers.of(id).acquire(), "refused");

        assertThat(gauge(meters, "open")).isOne();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(gauge(meters, "open")).isZero();
        assertThat(gauge(meters, "half-open")).isOne();
    }

    private static double gauge(SimpleMeterRegistry meters, String state) {
        return meters.get("mxhooks.relay.breakers").tag("state", state).gauge().value();
    }

    /** Of a node of its own. */
    private Breakers breakers() {
        return new Breakers(
                new BreakerTable(sql), UUID.randomUUID(), Duration.ofSeconds(20), nanos::get, Clock.systemUTC());
    }

    @Test
    void forgetsAttemptsAfterTheRetention() throws Exception {
        Subscriptions subscriptions = subscriptions("a key");
        UUID id = subscriptions
                .create(CONTENT, true, Optional.empty())
                .subscription()
                .id();
        attempt(id, Instant.now().minus(Duration.ofDays(91)));
        attempt(id, Instant.now().minus(Duration.ofDays(89)));

        assertThat(subscriptions.purgeAttempts()).isFalse();

        assertThat(subscriptions.attempts(id, Long.MAX_VALUE, 10).orElseThrow()).hasSize(1);
    }

    @Test
    void listsAttemptsInPagesNewestFirst() throws Exception {
        Subscriptions subscriptions = subscriptions("a key");
        UUID id = subscriptions
                .create(CONTENT, true, Optional.empty())
                .subscription()
                .id();
        for (int i = 0; i < 3; i++) {
            attempt(id, Instant.now());
        }

        Attempt last =
                subscriptions.attempts(id, Long.MAX_VALUE, 2).orElseThrow().get(1);

        assertThat(subscriptions.attempts(id, last.number(), 2).orElseThrow())
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.status()).hasValue(500);
                    assertThat(attempt.responseExcerpt()).contains("no");
                });
    }

    private void attempt(UUID subscription, Instant at) throws SQLException {
        new AttemptTable(sql)
                .insert(
                        subscription,
                        UUID.randomUUID(),
                        7,
                        new CallResult(
                                at,
                                Duration.ofMillis(3),
                                OptionalInt.of(500),
                                "HTTP 500",
                                Optional.empty(),
                                Optional.of("no"),
                                Optional.empty()));
    }

    private long count(String table) throws SQLException {
        return sql.first("select count(*) from mxhooks." + table, row -> row.getLong(1))
                .orElseThrow();
    }

    /** @param keys the current, and the previous one */
    private Subscriptions subscriptions(String... keys) {
        return Subscriptions.of(settings(keys), database.dataSource(), database.transaction(), inbox, engine);
    }

    private Settings settings(String... keys) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "mxhooks.home",
                home.toString(),
                "mxhooks.endpoint.default.secret",
                "of the portal",
                "mxhooks.operator.password",
                "of the operator",
                "mxhooks.relay.key",
                keys[0]));
        if (keys.length > 1) {
            properties.put("mxhooks.relay.previous-key", keys[1]);
        }
        return SettingsReader.read(MapConfig.of(properties));
    }
}
