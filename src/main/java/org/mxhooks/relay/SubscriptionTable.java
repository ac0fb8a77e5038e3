package org.mxhooks.relay;

import static java.util.stream.Collectors.toCollection;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.mxhooks.database.Sql;

/** The subscriptions' rows. One that is deleted stays, marked, until no node has its consumer any more. */
record SubscriptionTable(Sql sql) {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final String COLUMNS =
            "id, name, url, version, events, apps, actions, format, header_names, pause_reason, sealed, key_id, fingerprint, created_at, revision";

    /**
     * A row.
     *
     * @param subscription as far as the row shows: whether it is active is the engine's to know, and how its subscriber
     *     is the breakers'
     * @param sealed what it keeps secret
     */
    record StoredSubscription(Subscription subscription, SealedText sealed) {}

    /** Returns false if the name is taken. */
    boolean insert(UUID id, SubscriptionContent content, SealedText sealed, String fingerprint) throws SQLException {
        return sql.update(
                        """
                insert into mxhooks.subscription (id, name, url, version, events, apps, actions, format, header_names, sealed, key_id,
                fingerprint, created_at, revision) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, current_timestamp, 1)
                on conflict do nothing""",
                        id,
                        content.name(),
                        content.url(),
                        content.version(),
                        array(content.events()),
                        array(content.apps()),
                        array(content.actions()),
                        content.format(),
                        array(content.headers().keySet()),
                        sealed.bytes(),
                        sealed.keyId(),
                        fingerprint)
                == 1;
    }

    void update(UUID id, SubscriptionContent content, SealedText sealed) throws SQLException {
        sql.update(
                """
                update mxhooks.subscription set name = ?, url = ?, version = ?, events = ?, apps = ?, actions = ?, format = ?,
                header_names = ?, sealed = ?, key_id = ?, revision = revision + 1 where id = ?""",
                content.name(),
                content.url(),
                content.version(),
                array(content.events()),
                array(content.apps()),
                array(content.actions()),
                content.format(),
                array(content.headers().keySet()),
                sealed.bytes(),
                sealed.keyId(),
                id);
    }

    void updateSecret(UUID id, SealedText sealed, String fingerprint) throws SQLException {
        sql.update(
                "update mxhooks.subscription set sealed = ?, key_id = ?, fingerprint = ?, revision = revision + 1 where id = ?",
                sealed.bytes(),
                sealed.keyId(),
                fingerprint,
                id);
    }

    /** The same secrets under another key: no change that anybody has to notice. */
    void reseal(UUID id, SealedText sealed) throws SQLException {
        sql.update(
                "update mxhooks.subscription set sealed = ?, key_id = ? where id = ?",
                sealed.bytes(),
                sealed.keyId(),
                id);
    }

    /** Those whose secrets are encrypted with another key than this. */
    List<UUID> underOtherKeys(String keyId) throws SQLException {
        return sql.query(
                "select id from mxhooks.subscription where key_id <> ? and deleted_at is null order by id",
                row -> row.getObject(1, UUID.class),
                keyId);
    }

    void setPauseReason(UUID id, String reason) throws SQLException {
        sql.update("update mxhooks.subscription set pause_reason = ? where id = ?", reason, id);
    }

    /** Its name is free from now on. */
    void markDeleted(UUID id) throws SQLException {
        sql.update(
                "update mxhooks.subscription set deleted_at = current_timestamp, name = cast(id as varchar) where id = ?",
                id);
    }

    List<UUID> deleted() throws SQLException {
        return sql.query(
                "select id from mxhooks.subscription where deleted_at is not null",
                row -> row.getObject(1, UUID.class));
    }

    void delete(UUID id) throws SQLException {
        sql.update("delete from mxhooks.relay_attempt where subscription = ?", id);
        sql.update("delete from mxhooks.relay_breaker where subscription = ?", id);
        sql.update("delete from mxhooks.subscription where id = ?", id);
    }

    /** In the order of their names. */
    List<StoredSubscription> all() throws SQLException {
        return sql.query(
                "select %s from mxhooks.subscription where deleted_at is null order by name".formatted(COLUMNS),
                SubscriptionTable::read);
    }

    /** Their names by the names of their consumers. */
    Map<String, String> names() throws SQLException {
        Map<String, String> names = new HashMap<>();
        sql.query(
                "select id, name from mxhooks.subscription where deleted_at is null",
                row -> names.put(Subscription.consumer(row.getObject(1, UUID.class)), row.getString(2)));
        return names;
    }

    Optional<StoredSubscription> find(UUID id) throws SQLException {
        return find(id, "");
    }

    /** Nobody else changes it until the caller's transaction ends. */
    Optional<StoredSubscription> lock(UUID id) throws SQLException {
        return find(id, " for update");
    }

    private Optional<StoredSubscription> find(UUID id, String lock) throws SQLException {
        return sql.first(
                "select %s from mxhooks.subscription where id = ? and deleted_at is null%s".formatted(COLUMNS, lock),
                SubscriptionTable::read,
                id);
    }

    /** Whether it is there, with this revision. */
    boolean isAt(UUID id, long revision) throws SQLException {
        return sql.exists(
                "select 1 from mxhooks.subscription where id = ? and revision = ? and deleted_at is null",
                id,
                revision);
    }

    boolean isNameTaken(String name, UUID byAnother) throws SQLException {
        return sql.exists("select 1 from mxhooks.subscription where name = ? and id <> ?", name, byAnother);
    }

    private static StoredSubscription read(ResultSet row) throws SQLException {
        Map<String, String> headers = new LinkedHashMap<>();
        texts(row, "header_names").forEach(name -> headers.put(name, Subscription.MASK));
        SubscriptionContent content = new SubscriptionContent(
                row.getString("name"),
                row.getString("url"),
                row.getString("version"),
                texts(row, "events"),
                texts(row, "apps"),
                texts(row, "actions"),
                row.getString("format"),
                headers);
        Subscription subscription = new Subscription(
                row.getObject("id", UUID.class),
                content,
                true,
                Optional.ofNullable(row.getString("pause_reason")),
                BreakerState.UNTROUBLED,
                row.getString("fingerprint"),
                Sql.instant(row, "created_at").orElseThrow(),
                row.getLong("revision"));
        return new StoredSubscription(subscription, new SealedText(row.getBytes("sealed"), row.getString("key_id")));
    }

    private static String array(Set<String> texts) {
        return JSON.createArrayBuilder(new TreeSet<>(texts)).build().toString();
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        try (JsonReader reader = Json.createReader(new StringReader(row.getString(column)))) {
            return reader.readArray().getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .collect(toCollection(TreeSet::new));
        }
    }
}
