package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import org.mxhooks.operations.RepairDetails;
import org.mxhooks.orders.WorkOrder;

/** Orders as JSON; of those of other kinds than repairs without what they are about. */
final class OrderJson {

    private OrderJson() {}

    static JsonObjectBuilder of(WorkOrder order) {
        JsonObjectBuilder json = object().add("order", order.id().toString())
                .add("kind", order.kind())
                .add("state", order.state().name().toLowerCase(Locale.ROOT));
        RepairDetails.of(order).ifPresent(details -> addDetails(json, details));
        json.add("done", order.done());
        order.total().ifPresent(total -> json.add("total", total));
        json.add("orderedBy", order.orderedBy())
                .add("orderedAt", order.orderedAt().toString());
        add(json, "startedBy", order.startedBy());
        add(json, "startedAt", order.startedAt());
        add(json, "endedBy", order.endedBy());
        add(json, "endedAt", order.endedAt());
        add(json, "failure", order.failure());
        return json;
    }

    private static void addDetails(JsonObjectBuilder json, RepairDetails details) {
        add(json, "consumer", details.consumer());
        add(json, "reason", details.reason());
        add(json, "from", details.from());
        add(json, "to", details.to());
        add(json, "note", details.note());
    }
}
