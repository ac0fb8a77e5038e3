package org.mxhooks.process.benchmarks.peers;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Results for programs. */
record JsonResults(String conditions, Results results) {

    JsonObject object() {
        return Json.createObjectBuilder()
                .add("conditions", conditions)
                .add("void", results.areVoid())
                .add("deliveriesPerSecond", deliveriesPerSecond())
                .add("ratios", ratios())
                .add("latencies", latencies())
                .add("ledger", ledger())
                .build();
    }

    private JsonObjectBuilder deliveriesPerSecond() {
        JsonObjectBuilder contenders = Json.createObjectBuilder();
        results.contenders()
                .forEach((letter, what) -> contenders.add(
                        letter,
                        Json.createObjectBuilder()
                                .add("what", what)
                                .add("median", Results.median(results.perSecond(letter)))
                                .add("rounds", array(results.perSecond(letter)))));
        return contenders;
    }

    private JsonObjectBuilder ratios() {
        JsonObjectBuilder ratios = Json.createObjectBuilder();
        for (Results.Ratio ratio : results.ratios()) {
            JsonObjectBuilder object = Json.createObjectBuilder()
                    .add("goal", ratio.goal())
                    .add("median", Results.median(ratio.perRound()))
                    .add("rounds", array(ratio.perRound()));
            if (ratio.isBounded()) {
                object.add("bound", array(ratio.bound()));
            }
            ratios.add(ratio.what(), object);
        }
        return ratios;
    }

    private JsonArrayBuilder latencies() {
        JsonArrayBuilder latencies = Json.createArrayBuilder();
        for (Results.Percentiles latency : results.latencies()) {
            latencies.add(Json.createObjectBuilder()
                    .add("of", latency.of())
                    .add("duePerSecond", latency.perSecond())
                    .add("p50Ms", latency.millis(50))
                    .add("p99Ms", latency.millis(99))
                    .add("p99.9Ms", latency.millis(99.9)));
        }
        return latencies;
    }

    private JsonArrayBuilder ledger() {
        JsonArrayBuilder ledger = Json.createArrayBuilder();
        for (LedgerLine line : results.ledger()) {
            JsonObjectBuilder object = Json.createObjectBuilder()
                    .add("receiver", line.receiver())
                    .add("published", line.published())
                    .add("kept", line.kept())
                    .add("distinct", line.distinct())
                    .add("balanced", line.isBalanced());
            line.mirrored().ifPresent(versions -> object.add("mirrored", versions));
            ledger.add(object);
        }
        return ledger;
    }

    private static JsonArrayBuilder array(List<Double> values) {
        return Json.createArrayBuilder(values);
    }
}
