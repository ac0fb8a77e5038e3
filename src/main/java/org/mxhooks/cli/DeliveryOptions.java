package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.terminal.Fields;
import picocli.CommandLine.Option;

/** Filters of deliveries. */
final class DeliveryOptions {

    @Option(names = "--endpoint", paramLabel = "NAME", description = "Received at this endpoint.")
    private Optional<String> endpoint;

    @Option(names = "--category", paramLabel = "NAME", description = "Of this category: stories, sprints, …")
    private Optional<String> category;

    @Option(names = "--portal-id", paramLabel = "ID", description = "With this id of the portal.")
    private Optional<String> portalId;

    /** The message if no delivery matches: with the known endpoints or categories, if one was passed. */
    String nothingMatches(Api api) throws CommandFailure, InterruptedException {
        String text = "No delivery matches.";
        if (endpoint.flatMap(Environment::set).isPresent()) {
            text += " Endpoints: %s."
                    .formatted(JsonShape.objects(api.get("/endpoints", Map.of())).stream()
                            .map(each -> Fields.text(each, "name"))
                            .collect(joining(", ")));
        }
        return category.flatMap(Environment::set).isPresent() ? text + " Categories are stories, sprints, …" : text;
    }

    RequestParameters query() {
        return new RequestParameters()
                .and("endpoint", endpoint)
                .and("category", category.map(name -> name.toLowerCase(Locale.ROOT)))
                .and("portalId", portalId);
    }
}
