package org.mxhooks.alarms;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mxhooks.database.Sql;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;

/**
 * Fields that payloads never had before, and fields that they had and lack. Once a minute it samples of each category
 * the 20 newest bodies, and no more than a megabyte of them. Not safe for use by more than one thread.
 */
final class PayloadFields implements AlarmCheck {

    private static final List<String> CATEGORIES =
            List.of("stories", "sprints", "teamserver.push", "package.uploaded", "alerts");

    private static final Duration SAMPLING = Duration.ofMinutes(1);
    private static final int MAX_SAMPLES = 20;
    private static final long MAX_BYTES = 1024 * 1024;
    private static final int MAX_ACTIONS = 10;

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final Sql sql;
    private final Inbox inbox;
    private final Clock clock;
    private Instant nextSampling = Instant.MIN;

    PayloadFields(Sql sql, Inbox inbox, Clock clock) {
        this.sql = sql;
        this.inbox = inbox;
        this.clock = clock;
    }

    /**
     * What is known of a category.
     *
     * @param position up to which its deliveries were sampled
     * @param actions of each action its fields
     */
    private record Known(long position, Map<String, FieldHistory> actions) {

        static Known of(long position, String json) {
            Map<String, FieldHistory> actions = new TreeMap<>();
            try (JsonReader reader = READERS.createReader(new StringReader(json))) {
                JsonObject all = reader.readObject();
                all.keySet().forEach(action -> actions.put(action, FieldHistory.of(all.getJsonObject(action))));
            }
            return new Known(position, actions);
        }

        String json() {
            JsonObjectBuilder json = JSON.createObjectBuilder();
            actions.forEach((action, history) -> json.add(action, history.json()));
            return json.build().toString();
        }
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.NEW_FIELD, Kind.VANISHED_FIELD);
    }

    @Override
    public List<Condition> find() throws SQLException {
        Instant now = clock.instant();
        if (!now.isBefore(nextSampling)) {
            for (String category : CATEGORIES) {
                sample(category);
            }
            nextSampling = now.plus(SAMPLING);
        }
        List<Condition> found = new ArrayList<>();
        for (String category : CATEGORIES) {
            known(category)
                    .ifPresent(known -> known.actions().forEach((action, history) -> {
                        String of = category + " " + action + " ";
                        history.newFields(now).forEach(path -> found.add(newField(of + path)));
                        history.vanishedFields(now).forEach(path -> found.add(vanishedField(of + path)));
                    }));
        }
        return found;
    }

    private Optional<Known> known(String category) throws SQLException {
        return sql.first(
                "select position, fields from mxhooks.payload_sample where category = ?",
                row -> Known.of(row.getLong(1), row.getString(2)),
                category);
    }

    /** One statement keeps the fields and up to where they are known: of two nodes that sample at once one counts. */
    private void sample(String category) throws SQLException {
        Optional<Known> stored = known(category);
        Known before = stored.orElseGet(() -> new Known(0, new TreeMap<>()));
        List<LogEntry> newest = inbox.newest(category, before.position(), MAX_SAMPLES, MAX_BYTES);
        if (newest.isEmpty()) {
            return;
        }
        newest.forEach(entry -> add(entry, before.actions()));
        long position = newest.get(newest.size() - 1).position();
        if (stored.isEmpty()) {
            sql.update(
                    "insert into mxhooks.payload_sample (category, position, fields) values (?, ?, ?) on conflict do nothing",
                    category,
                    position,
                    before.json());
        } else {
            sql.update(
                    "update mxhooks.payload_sample set position = ?, fields = ? where category = ? and position = ?",
                    position,
                    before.json(),
                    category,
                    before.position());
        }
    }

    private static void add(LogEntry entry, Map<String, FieldHistory> actions) {
        String action = entry.attributes().action();
        if (entry.decodable() && (actions.containsKey(action) || actions.size() < MAX_ACTIONS)) {
            PayloadPaths.of(entry.body().orElseThrow())
                    .ifPresent(paths -> actions.computeIfAbsent(action, first -> new FieldHistory(entry.receivedAt()))
                            .add(paths, entry.receivedAt()));
        }
    }

    private static Condition newField(String subject) {
        return new Condition(
                Kind.NEW_FIELD,
                subject,
                "Payloads have a field that none had before: %s.".formatted(subject),
                "See in the portal's release notes what it means; it is in json() of the event. The alarm ends after a day.");
    }

    private static Condition vanishedField(String subject) {
        return new Condition(
                Kind.VANISHED_FIELD,
                subject,
                "Payloads lack a field that all had before: %s.".formatted(subject),
                "Check the consumers that read it, and the portal's release notes. The alarm ends when it is back, or after a week.");
    }
}
