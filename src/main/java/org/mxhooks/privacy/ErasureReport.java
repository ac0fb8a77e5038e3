package org.mxhooks.privacy;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.orders.WorkOrder;

/** An erasure as JSON, for programs and as evidence. */
public final class ErasureReport {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private ErasureReport() {}

    /** The person is in it until the erasure has ended. */
    public static JsonObjectBuilder of(Erasure erasure) {
        WorkOrder order = erasure.order();
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", order.id().toString())
                .add("phase", erasure.phase().name().toLowerCase(Locale.ROOT))
                .add("orderedBy", order.orderedBy())
                .add("orderedAt", order.orderedAt().toString());
        add(json, "startedBy", order.startedBy());
        add(json, "startedAt", order.startedAt());
        add(json, "cancelledBy", order.endedBy());
        add(json, "endedAt", order.endedAt());
        add(json, "failure", order.failure());
        json.add("identifiers", array(erasure.identifiers()))
                .add("alsoFound", array(erasure.alsoFound()))
                .add("fingerprints", array(erasure.fingerprints()))
                .add("salt", erasure.salt())
                .add("done", order.done());
        order.total().ifPresent(total -> json.add("total", total));
        JsonArrayBuilder places = JSON.createArrayBuilder();
        erasure.places()
                .forEach(place -> places.add(JSON.createObjectBuilder()
                        .add("place", place.place())
                        .add("rows", place.rows())
                        .add("named", place.named())
                        .add("changed", place.changed())));
        return json.add("named", erasure.named())
                .add("changed", erasure.changed())
                .add("places", places);
    }

    private static JsonArrayBuilder array(List<String> texts) {
        return JSON.createArrayBuilder(texts);
    }

    private static void add(JsonObjectBuilder json, String name, Optional<?> value) {
        value.ifPresent(known -> json.add(name, known.toString()));
    }
}
