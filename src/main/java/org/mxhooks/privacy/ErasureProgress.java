package org.mxhooks.privacy;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mxhooks.database.TextTable;

/**
 * How far an erasure is; kept with its order as JSON.
 *
 * @param erasing whether it is changing what it found, or still counts
 * @param settled whether all nodes have dropped what they had of changed bodies
 * @param place the number of the table that it goes through
 * @param after the key of the last row there that it looked at
 * @param counts of the places, in their order
 */
record ErasureProgress(boolean erasing, boolean settled, int place, List<String> after, List<PlaceCount> counts) {

    /** {@code Json.createReader} and its like would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    static ErasureProgress begin(List<TextTable> places) {
        return new ErasureProgress(
                false,
                false,
                0,
                List.of(),
                places.stream()
                        .map(place -> new PlaceCount(place.place(), 0, 0, 0))
                        .toList());
    }

    /** All are counted: what was found is changed from now on. */
    ErasureProgress erase() {
        return new ErasureProgress(true, false, 0, List.of(), counts);
    }

    ErasureProgress settle() {
        return new ErasureProgress(erasing, true, place, after, counts);
    }

    /** Behind a piece of the place. */
    ErasureProgress behind(Sweep.Piece piece) {
        List<PlaceCount> counted = new ArrayList<>(counts);
        PlaceCount before = counts.get(place);
        counted.set(
                place,
                erasing
                        ? new PlaceCount(
                                before.place(), before.rows(), before.named(), before.changed() + piece.named())
                        : new PlaceCount(
                                before.place(), before.rows() + piece.rows(), before.named() + piece.named(), 0));
        return piece.last().isPresent()
                ? new ErasureProgress(erasing, settled, place, piece.last().get(), counted)
                : new ErasureProgress(erasing, settled, place + 1, List.of(), counted);
    }

    boolean isAtEnd() {
        return place == counts.size();
    }

    long rows() {
        return counts.stream().mapToLong(PlaceCount::rows).sum();
    }

    String json() {
        JsonArrayBuilder places = JSON.createArrayBuilder();
        counts.forEach(count -> places.add(JSON.createObjectBuilder()
                .add("place", count.place())
                .add("rows", count.rows())
                .add("named", count.named())
                .add("changed", count.changed())));
        return JSON.createObjectBuilder()
                .add("erasing", erasing)
                .add("settled", settled)
                .add("place", place)
                .add("after", JSON.createArrayBuilder(after))
                .add("counts", places)
                .build()
                .toString();
    }

    static ErasureProgress read(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            JsonObject progress = reader.readObject();
            JsonArray counts = progress.getJsonArray("counts");
            return new ErasureProgress(
                    progress.getBoolean("erasing"),
                    progress.getBoolean("settled"),
                    progress.getInt("place"),
                    progress.getJsonArray("after").getValuesAs(JsonString::getString),
                    counts.getValuesAs(JsonObject.class).stream()
                            .map(count -> new PlaceCount(
                                    count.getString("place"),
                                    count.getJsonNumber("rows").longValue(),
                                    count.getJsonNumber("named").longValue(),
                                    count.getJsonNumber("changed").longValue()))
                            .toList());
        }
    }
}
