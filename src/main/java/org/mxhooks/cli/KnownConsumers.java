package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The consumers that the server knows, deployed or not. */
record KnownConsumers(List<JsonObject> consumers) {

    static KnownConsumers read(Api api) throws Failure, InterruptedException {
        return new KnownConsumers(Shape.objects(api.get(Consumers.PATH, Map.of())));
    }

    JsonObject named(String name) throws Failure {
        return consumers.stream()
                .filter(consumer -> Fields.text(consumer, "name").equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.refused("there is no consumer %s; known are: %s.".formatted(name, names())));
    }

    /** What a consumer has not finished, in words. */
    String lossOfRetiring(String name) throws Failure {
        JsonObject consumer = named(name);
        if (consumer.getBoolean("deployed", false)) {
            throw Failure.refused(
                    "%s is deployed on a running node. Undeploy it first, then wait 15 seconds for the node's lease."
                            .formatted(name));
        }
        long unfinished = Stream.of("pending", "parked", "replays")
                .mapToLong(field -> number(consumer, field))
                .sum();
        return "%s unfinished events (%s pending, %s parked, %s replays) and %s dead letters"
                .formatted(
                        unfinished,
                        number(consumer, "pending"),
                        number(consumer, "parked"),
                        number(consumer, "replays"),
                        number(consumer, "dead"));
    }

    private static long number(JsonObject consumer, String field) {
        return consumer.get(field) instanceof JsonNumber number ? number.longValue() : 0;
    }

    private String names() {
        return consumers.isEmpty()
                ? "none"
                : consumers.stream()
                        .map(consumer -> Fields.text(consumer, "name"))
                        .collect(joining(", "));
    }
}
