package org.mxhooks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.Settings;

/** Subscriptions for operators, on any node, for all nodes. */
@ApplicationScoped
public class Subscriptions {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_PURGED = 1_000;

    @Inject
    Settings settings;

    @Inject
    Engine engine;

    @Inject
    Inbox inbox;

    @Inject
    RelaySender sender;

    /** What subscribers answered, as an erasure goes through it. */
    public static final List<TextTable> TEXTS = List.of(
            TextTable.of("attempts at subscriptions", "relay_attempt", "id bigint", "error", "response_excerpt"),
            TextTable.of("states of subscribers", "relay_breaker", "subscription uuid, node uuid", "cause"));

    @Resource
    UserTransaction jta;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    private SubscriptionTable table;
    private AttemptTable attempts;
    private BreakerTable breakers;
    private SubscriptionSecrets secrets;
    private Transaction transaction;

    /** For programs without a container. */
    public static Subscriptions of(
            Settings settings, DataSource dataSource, UserTransaction jta, Inbox inbox, Engine engine) {
        Subscriptions subscriptions = new Subscriptions();
        subscriptions.settings = settings;
        subscriptions.dataSource = dataSource;
        subscriptions.jta = jta;
        subscriptions.inbox = inbox;
        subscriptions.engine = engine;
        subscriptions.sender = RelaySender.of(settings, dataSource, engine);
        subscriptions.open();
        return subscriptions;
    }

    @PostConstruct
    void open() {
        Sql sql = new Sql(dataSource);
        table = new SubscriptionTable(sql);
        attempts = new AttemptTable(sql);
        breakers = new BreakerTable(sql);
        secrets = new SubscriptionSecrets(new RelayKeys(settings.relay()));
        transaction = new Transaction(jta, TIMEOUT);
    }

    /**
     * A subscription whose secret is new.
     *
     * @param secret shown this once
     */
    public record IssuedSecret(Subscription subscription, String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return subscription.toString();
        }
    }

    /** All, in the order of their names. */
    public List<Subscription> all() throws SQLException {
        Set<String> paused = engine.paused();
        Map<UUID, BreakerState> states = breakers.states();
        return table.all().stream().map(row -> shown(row, paused, states)).toList();
    }

    public Optional<Subscription> find(UUID id) throws SQLException {
        Set<String> paused = engine.paused();
        Map<UUID, BreakerState> states = breakers.states();
        return table.find(id).map(row -> shown(row, paused, states));
    }

    /** The names of all by the names of their consumers. */
    public Map<String, String> names() throws SQLException {
        return table.names();
    }

    private static Subscription shown(
            SubscriptionTable.StoredSubscription row, Set<String> paused, Map<UUID, BreakerState> states) {
        Subscription stored = row.subscription();
        boolean active = !paused.contains(stored.consumer());
        return new Subscription(
                stored.id(),
                stored.content(),
                active,
                stored.pauseReason().filter(reason -> !active),
                states.getOrDefault(stored.id(), BreakerState.UNTROUBLED),
                stored.secretFingerprint(),
                stored.createdAt(),
                stored.revision());
    }

    /**
     * Creates a subscription. It gets every delivery that is appended after this call began.
     *
     * @param active whether it is sent anything yet
     * @param secret empty for one that is generated
     * @throws InvalidSubscription with all reasons
     * @throws RelayUnavailable if no key is set
     */
    public IssuedSecret create(SubscriptionContent content, boolean active, Optional<String> secret) throws Exception {
        long began = inbox.head();
        UUID id = UUID.randomUUID();
        String given = secret.orElseGet(secrets::generate);
        check(content, given);
        SealedText sealed = secrets.seal(new Confidential(given, content.headers()), id);
        transaction.run(() -> {
            if (!table.insert(id, content, sealed, SubscriptionSecrets.fingerprint(given))) {
                throw new InvalidSubscription(List.of(taken(content)));
            }
            engine.enlist(Subscription.consumer(id), began);
            if (!active) {
                engine.pause(Subscription.consumer(id));
            }
        });
        return new IssuedSecret(find(id).orElseThrow(), given);
    }

    /**
     * Changes all but the secret; deliveries that are under way may still be sent as before, and where it wants others
     * now, again. It gets every delivery that it wants now and that is appended after this call. A header whose value
     * is {@link Subscription#MASK} keeps its value.
     *
     * @return empty if there is no such subscription
     */
    public Optional<Subscription> change(UUID id, SubscriptionContent content, boolean active) throws Exception {
        ContentCheck lookedUp = new ContentCheck(sender.targets());
        lookedUp.url(content.url()); // a slow name server is waited for before the row is locked; then Java remembers
        lookedUp.conclude();
        transaction.run(() -> {
            Optional<SubscriptionTable.StoredSubscription> row = table.lock(id);
            if (row.isPresent()) {
                Confidential before = secrets.open(row.get());
                demandHeadersOfAnotherHost(row.get().subscription().content(), content);
                Map<String, String> headers = before.unmasked(content.headers());
                SubscriptionContent whole = content.withHeaders(headers);
                check(whole, before.secret());
                if (table.isNameTaken(content.name(), id)) {
                    throw new InvalidSubscription(List.of(taken(content)));
                }
                table.update(id, whole, secrets.seal(new Confidential(before.secret(), headers), id));
                if (row.get().subscription().content().wantsOtherThan(whole)) {
                    engine.change(Subscription.consumer(id));
                }
                setActive(id, active);
            }
        });
        return find(id);
    }

    /** Who may change a subscription may not read its headers, nor send them to a host of their own. */
    private static void demandHeadersOfAnotherHost(SubscriptionContent before, SubscriptionContent after)
            throws InvalidSubscription {
        if (after.headers().containsValue(Subscription.MASK) && !after.goesToHostOf(before)) {
            throw new InvalidSubscription(
                    List.of(
                            "headers must be given anew with their values, or as {}, where url goes to another scheme, host or port."));
        }
    }

    /** Stops sending; what arrives is kept for it. Empty if there is no such subscription. */
    public Optional<Subscription> pause(UUID id) throws SQLException {
        return setActive(id, false);
    }

    /** Continues where it stood. Empty if there is no such subscription. */
    public Optional<Subscription> resume(UUID id) throws SQLException {
        return setActive(id, true);
    }

    private Optional<Subscription> setActive(UUID id, boolean active) throws SQLException {
        if (table.find(id).isEmpty()) {
            return Optional.empty();
        }
        String consumer = Subscription.consumer(id);
        if (active || !engine.paused().contains(consumer)) {
            table.setPauseReason(id, null); // of an earlier pause
        }
        if (active) {
            engine.resume(consumer);
        } else {
            engine.pause(consumer);
        }
        return find(id);
    }

    /**
     * Gives it another secret, by which the next attempts are signed within seconds.
     *
     * @param secret empty for one that is generated
     * @return empty if there is no such subscription
     */
    public Optional<IssuedSecret> rotateSecret(UUID id, Optional<String> secret) throws Exception {
        String given = secret.orElseGet(secrets::generate);
        transaction.run(() -> {
            Optional<SubscriptionTable.StoredSubscription> row = table.lock(id);
            if (row.isPresent()) {
                Confidential before = secrets.open(row.get());
                ContentCheck check = new ContentCheck(sender.targets());
                check.secret(given, row.get().subscription().content().format());
                check.conclude();
                SealedText sealed = secrets.seal(new Confidential(given, before.headers()), id);
                table.updateSecret(id, sealed, SubscriptionSecrets.fingerprint(given));
            }
        });
        return find(id).map(subscription -> new IssuedSecret(subscription, given));
    }

    /**
     * Encrypts all secrets under the current key, each in a transaction of its own; to repeat it, also on several nodes
     * at once, does no harm.
     *
     * @throws RelayUnavailable if no key is set
     */
    public ReEncryption reEncrypt() throws Exception {
        String key = secrets.currentKey().id();
        int reEncrypted = 0;
        for (UUID id : table.underOtherKeys(key)) {
            if (reEncrypt(id, key)) {
                reEncrypted++;
            }
        }
        return new ReEncryption(reEncrypted, table.underOtherKeys(key).size());
    }

    private boolean reEncrypt(UUID id, String key) throws Exception {
        AtomicReference<Boolean> changed = new AtomicReference<>(false);
        try {
            transaction.run(() -> {
                Optional<SubscriptionTable.StoredSubscription> row =
                        table.lock(id).filter(locked -> !locked.sealed().keyId().equals(key));
                if (row.isPresent()) {
                    table.reseal(id, secrets.seal(secrets.open(row.get()), id));
                    changed.set(true);
                }
            });
            return changed.get();
        } catch (RelayUnavailable noKeyOpensIt) {
            return false;
        }
    }

    /**
     * Deletes it with what it has not been sent and its attempts; running calls end. Returns false if there is no such
     * subscription.
     */
    public boolean delete(UUID id) throws Exception {
        AtomicReference<Boolean> deleted = new AtomicReference<>(false);
        transaction.run(() -> {
            if (table.lock(id).isPresent()) {
                table.markDeleted(id);
                engine.pause(Subscription.consumer(id));
                deleted.set(true);
            }
        });
        return deleted.get();
    }

    DeletedSubscriptions deleted() {
        return new DeletedSubscriptions(table, attempts, engine, transaction);
    }

    /** Sends a signed {@code {"probe": …}} at once. Empty if there is no such subscription. */
    public Optional<Attempt> test(UUID id) throws Exception {
        Optional<SubscriptionTable.StoredSubscription> row = table.find(id);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        UUID delivery = UUID.randomUUID();
        byte[] body = "{\"probe\":\"%s\"}".formatted(Instant.now()).getBytes(UTF_8);
        sender.test(new Recipient(row.get().subscription(), secrets.open(row.get())), delivery, body);
        return attempts.newest(id, delivery);
    }

    /**
     * Its attempts, the newest first. Empty if there is no such subscription.
     *
     * @param before number of the last one on the page before
     */
    public Optional<List<Attempt>> attempts(UUID id, long before, int limit) throws SQLException {
        if (table.find(id).isEmpty()) {
            return Optional.empty();
        }
        List<Attempt> newest = attempts.newest(id, before, limit);
        Map<Long, Instant> due = engine.due(
                Subscription.consumer(id),
                newest.stream().map(Attempt::position).toList());
        return Optional.of(
                newest.stream().map(attempt -> withNext(attempt, due)).toList());
    }

    /**
     * The newest attempts to send a delivery to any subscription, the newest first.
     *
     * @param position of the delivery in the log
     */
    public List<SentAttempt> attempts(long position, int limit) throws SQLException {
        return attempts.ofDelivery(position, limit);
    }

    private static Attempt withNext(Attempt attempt, Map<Long, Instant> due) {
        return new Attempt(
                attempt.number(),
                attempt.delivery(),
                attempt.position(),
                attempt.startedAt(),
                attempt.duration(),
                attempt.status(),
                attempt.error(),
                attempt.responseExcerpt(),
                Optional.ofNullable(due.get(attempt.position())));
    }

    /**
     * Deletes up to 1,000 attempts that were made longer ago than {@code mxhooks.retention}, the oldest first; returns
     * whether there may be more.
     */
    public boolean purgeAttempts() throws SQLException {
        return attempts.removeOlderThan(settings.dispatch().retention(), MAX_PURGED) == MAX_PURGED;
    }

    private void check(SubscriptionContent content, String secret) throws InvalidSubscription {
        ContentCheck check = new ContentCheck(sender.targets());
        check.secret(secret, content.format());
        check.check(content);
    }

    private static String taken(SubscriptionContent content) {
        return "name is that of another subscription: %s.".formatted(content.name());
    }
}
