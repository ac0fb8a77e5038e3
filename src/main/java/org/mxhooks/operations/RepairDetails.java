package org.mxhooks.operations;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.orders.WorkOrder;

/**
 * What an order of {@link Repairs} is about.
 *
 * @param consumer whose dead letters, or to whom deliveries are replayed; empty is any
 * @param reason of dead letters, as {@link DeadLetter#reason}; empty is any
 * @param from when what is replayed was received at the earliest
 * @param to before when it was received
 * @param note what the user said about it
 */
public record RepairDetails(
        Optional<String> consumer,
        Optional<String> reason,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> note) {

    static final String REPLAY_DEAD = "replay-dead";
    static final String DISCARD_DEAD = "discard-dead";
    static final String REPLAY_PERIOD = "replay-period";
    private static final Set<String> KINDS = Set.of(REPLAY_DEAD, DISCARD_DEAD, REPLAY_PERIOD);
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    static RepairDetails ofDead(Optional<String> consumer, Optional<String> reason, Optional<String> note) {
        return new RepairDetails(consumer, reason, Optional.empty(), Optional.empty(), note);
    }

    static RepairDetails ofPeriod(String consumer, Instant from, Instant to) {
        return new RepairDetails(
                Optional.of(consumer), Optional.empty(), Optional.of(from), Optional.of(to), Optional.empty());
    }

    /** Those of an order; empty if it is of another kind. */
    public static Optional<RepairDetails> of(WorkOrder order) {
        return KINDS.contains(order.kind()) ? Optional.of(parse(order.details())) : Optional.empty();
    }

    static RepairDetails parse(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            JsonObject details = reader.readObject();
            return new RepairDetails(
                    text(details, "consumer"),
                    text(details, "reason"),
                    text(details, "from").map(Instant::parse),
                    text(details, "to").map(Instant::parse),
                    text(details, "note"));
        }
    }

    private static Optional<String> text(JsonObject details, String name) {
        return Optional.ofNullable(details.getString(name, null));
    }

    String json() {
        JsonObjectBuilder json = BUILDERS.createObjectBuilder();
        consumer.ifPresent(name -> json.add("consumer", name));
        reason.ifPresent(known -> json.add("reason", known));
        from.ifPresent(at -> json.add("from", at.toString()));
        to.ifPresent(at -> json.add("to", at.toString()));
        note.ifPresent(text -> json.add("note", text));
        return json.build().toString();
    }
}
