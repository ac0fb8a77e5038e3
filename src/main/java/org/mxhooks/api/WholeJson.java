package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mxhooks.inbox.WholeDelivery;
import org.mxhooks.ingest.KeptHeaders;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.ConsumerState.State;

/** All that is kept of a delivery, for people. */
final class WholeJson {

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private WholeJson() {}

    static JsonObjectBuilder of(WholeDelivery whole, List<ConsumerState> states, boolean discarded) {
        JsonObjectBuilder json = Answers.describe(whole.kept());
        Answers.add(json, "createdAt", whole.kept().attributes().createdAt());
        Answers.add(json, "updatedAt", whole.kept().attributes().updatedAt());
        json.add("state", text(worst(whole, states, discarded)));
        Answers.add(json, "undecodable", whole.kept().attributes().undecodable());
        json.add(
                "remarks",
                Answers.JSON.createArrayBuilder(whole.kept().attributes().remarks()));
        json.add("headers", masked(read(whole.headers()).asJsonObject()));
        whole.body().ifPresent(body -> addBody(json, body));
        JsonArrayBuilder consumers = Answers.JSON.createArrayBuilder();
        states.forEach(state -> consumers.add(of(state)));
        return json.add("consumers", consumers);
    }

    static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static State worst(WholeDelivery whole, List<ConsumerState> states, boolean discarded) {
        return whole.kept().attributes().undecodable().isPresent()
                ? discarded ? State.DISCARDED : State.DEAD
                : states.stream()
                        .map(ConsumerState::state)
                        .max(State::compareTo)
                        .orElse(State.DONE);
    }

    private static JsonValue read(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }

    /** Releases before this one kept every header whole. */
    private static JsonObjectBuilder masked(JsonObject headers) {
        JsonArray mask = Answers.JSON.createArrayBuilder().add(KeptHeaders.MASK).build();
        JsonObjectBuilder masked = Answers.JSON.createObjectBuilder();
        headers.forEach((name, values) -> masked.add(name, KeptHeaders.isKept(name) ? values : mask));
        return masked;
    }

    private static void addBody(JsonObjectBuilder json, byte[] body) {
        try {
            json.add("body", UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException notUtf8) {
            json.add("bodyBase64", Base64.getEncoder().encodeToString(body));
        }
    }

    private static JsonObjectBuilder of(ConsumerState state) {
        JsonObjectBuilder json = Answers.JSON
                .createObjectBuilder()
                .add("consumer", state.consumer())
                .add("state", text(state.state()))
                .add("replay", state.replay())
                .add("attempts", state.attempts());
        Answers.add(json, "due", state.due());
        Answers.add(json, "reason", state.reason());
        Answers.add(json, "message", state.message());
        Answers.add(json, "trace", state.trace());
        state.waiting().ifPresent(waiting -> json.add("waiting", Answers.describe(waiting)));
        return json;
    }
}
