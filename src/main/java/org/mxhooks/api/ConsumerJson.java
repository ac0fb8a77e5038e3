package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.array;
import static org.mxhooks.api.JsonObjects.object;
import static org.mxhooks.relay.SubscriptionStatus.WAITING;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.Discarded;
import org.mxhooks.operations.FailedAttempt;
import org.mxhooks.operations.Waiting;
import org.mxhooks.relay.Subscription;

/** Consumers as JSON. */
final class ConsumerJson {

    private ConsumerJson() {}

    /** @param subscription whose consumer it is */
    static JsonObjectBuilder of(Backlog backlog, Optional<Subscription> subscription) {
        JsonObjectBuilder json = object().add("name", backlog.consumer());
        add(json, "subscription", subscription.map(one -> one.content().name()));
        boolean held = subscription.filter(one -> one.status() == WAITING).isPresent();
        json.add("state", backlog.status(held).toString())
                .add("pending", backlog.pending())
                .add("parked", backlog.parked())
                .add("replays", backlog.replays())
                .add("dead", backlog.dead());
        add(json, "oldestPending", backlog.oldestPending());
        json.add("paused", backlog.paused()).add("deployed", backlog.deployed());
        backlog.waiting().ifPresent(waiting -> json.add("waiting", of(waiting).add("lanes", waiting.lanes())));
        return json;
    }

    /**
     * How far a consumer is with a delivery.
     *
     * @param names of subscriptions by consumer
     */
    static JsonObjectBuilder of(ConsumerState state, Map<String, String> names) {
        JsonObjectBuilder json = object().add("consumer", state.consumer());
        add(json, "subscription", Optional.ofNullable(names.get(state.consumer())));
        json.add("state", text(state.state())).add("replay", state.replay()).add("attempts", state.attempts());
        add(json, "due", state.due());
        add(json, "reason", state.reason());
        add(json, "message", state.message());
        add(json, "trace", state.trace());
        state.waiting().ifPresent(waiting -> json.add("waiting", of(waiting)));
        if (!state.history().isEmpty()) {
            JsonArrayBuilder history = array();
            state.history().forEach(attempt -> history.add(of(attempt)));
            json.add("history", history);
        }
        state.discarded().ifPresent(discarded -> json.add("discarded", of(discarded)));
        return json;
    }

    private static JsonObjectBuilder of(FailedAttempt attempt) {
        JsonObjectBuilder json = object().add("endedAt", attempt.endedAt().toString());
        attempt.took().ifPresent(took -> json.add("durationMs", took.toMillis()));
        return json.add("reason", attempt.reason()).add("message", attempt.message());
    }

    static JsonObjectBuilder of(Discarded discarded) {
        JsonObjectBuilder json = object().add("at", discarded.at().toString());
        add(json, "by", discarded.by());
        add(json, "note", discarded.note());
        return json;
    }

    static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObjectBuilder of(Waiting waiting) {
        return object().add("since", waiting.since().toString())
                .add("nextTry", waiting.nextTry().toString())
                .add("reason", waiting.reason())
                .add("message", waiting.message());
    }
}
