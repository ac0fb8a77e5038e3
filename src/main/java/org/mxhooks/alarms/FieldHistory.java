package org.mxhooks.alarms;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which fields the sampled payloads of one category and action had, for up to {@value #MAX_FIELDS} fields; more are not
 * watched. Not safe for use by more than one thread.
 */
final class FieldHistory {

    static final Duration LEARNING = Duration.ofDays(7);
    static final int MIN_SAMPLES = 50;

    /** After that a field is no longer new. */
    static final Duration NEW_FOR = Duration.ofDays(1);

    static final int MIN_MISSING = 20;
    static final Duration MISSING_FOR = Duration.ofDays(1);

    /** After that a field is forgotten. */
    private static final Duration VANISHED_FOR = Duration.ofDays(7);

    private static final int MAX_FIELDS = 200;
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final Instant since;
    private long samples;
    private final Map<String, Field> fields = new TreeMap<>();

    /**
     * A field.
     *
     * @param seen when a payload first had it
     * @param isNew whether the others were known by then
     * @param steadySince since when each had it
     * @param steady how many these were
     * @param missing how many since have the object without it
     * @param missingSince when the first of these arrived; if there is none, the same as {@code steadySince}
     */
    private record Field(
            Instant seen, boolean isNew, Instant steadySince, long steady, long missing, Instant missingSince) {

        Field present(Instant at) {
            return missing == 0
                    ? new Field(seen, isNew, steadySince, steady + 1, 0, steadySince)
                    : new Field(seen, isNew, at, 1, 0, at);
        }

        Field absent(Instant at) {
            return new Field(seen, isNew, steadySince, steady, missing + 1, missing == 0 ? at : missingSince);
        }

        private boolean hasVanished(Instant now) {
            return steady >= MIN_SAMPLES
                    && !steadySince.plus(LEARNING).isAfter(missingSince)
                    && missing >= MIN_MISSING
                    && !missingSince.plus(MISSING_FOR).isAfter(now);
        }

        private boolean isForgotten(Instant now) {
            return hasVanished(now)
                    && missingSince.plus(MISSING_FOR).plus(VANISHED_FOR).isBefore(now);
        }

        private JsonArrayBuilder json() {
            return JSON.createArrayBuilder()
                    .add(seen.toEpochMilli())
                    .add(isNew ? 1 : 0)
                    .add(steadySince.toEpochMilli())
                    .add(steady)
                    .add(missing)
                    .add(missingSince.toEpochMilli());
        }

        private static Field of(JsonArray json) {
            Iterator<Long> numbers = json.getValuesAs(JsonNumber::longValue).iterator();
            return new Field(
                    Instant.ofEpochMilli(numbers.next()),
                    numbers.next() == 1,
                    Instant.ofEpochMilli(numbers.next()),
                    numbers.next(),
                    numbers.next(),
                    Instant.ofEpochMilli(numbers.next()));
        }
    }

    /** @param since when the first payload arrived */
    FieldHistory(Instant since) {
        this.since = since;
    }

    /** As {@link #json} wrote it. */
    static FieldHistory of(JsonObject json) {
        FieldHistory history = new FieldHistory(
                Instant.ofEpochMilli(json.getJsonNumber("since").longValue()));
        history.samples = json.getJsonNumber("samples").longValue();
        json.getJsonObject("fields").forEach((path, field) -> history.fields.put(path, Field.of(field.asJsonArray())));
        return history;
    }

    JsonObjectBuilder json() {
        JsonObjectBuilder known = JSON.createObjectBuilder();
        fields.forEach((path, field) -> known.add(path, field.json()));
        return JSON.createObjectBuilder()
                .add("since", since.toEpochMilli())
                .add("samples", samples)
                .add("fields", known);
    }

    /** Adds a payload, in the order of their arrival. */
    void add(PayloadPaths payload, Instant at) {
        boolean learned = samples >= MIN_SAMPLES && !since.plus(LEARNING).isAfter(at);
        fields.values().removeIf(field -> field.isForgotten(at));
        fields.replaceAll((path, field) -> payload.fields().contains(path)
                ? field.present(at)
                : payload.objects().contains(PayloadPaths.parent(path)) ? field.absent(at) : field);
        payload.fields().stream()
                .sorted()
                .filter(path -> fields.size() < MAX_FIELDS)
                .forEach(path -> fields.putIfAbsent(path, new Field(at, learned, at, 1, 0, at)));
        samples++;
    }

    /** Fields that appeared within the last day, after all others were known; of an object that is new itself, none. */
    List<String> newFields(Instant now) {
        return outermost(field -> field.isNew() && field.seen().plus(NEW_FOR).isAfter(now));
    }

    /** Fields that each payload had for long, and none has any more; of an object that has vanished itself, none. */
    List<String> vanishedFields(Instant now) {
        return outermost(field -> field.hasVanished(now) && !field.isForgotten(now));
    }

    private List<String> outermost(Predicate<Field> condition) {
        Set<String> found = fields.entrySet().stream()
                .filter(field -> condition.test(field.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return found.stream().filter(path -> !isInside(path, found)).sorted().toList();
    }

    private static boolean isInside(String path, Set<String> others) {
        for (String outer = PayloadPaths.parent(path); !outer.isEmpty(); outer = PayloadPaths.parent(outer)) {
            if (others.contains(outer.replaceFirst("(\\[])+$", ""))) {
                return true;
            }
        }
        return false;
    }
}
