package org.mxhooks.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which deliveries are wanted. */
final class Selection {

    @Option(names = "--endpoint", paramLabel = "NAME", description = "Received there.")
    private Optional<String> endpoint;

    @Option(names = "--category", paramLabel = "NAME", description = "Of that category: stories, sprints, …")
    private Optional<String> category;

    @Option(names = "--portal-id", paramLabel = "ID", description = "With that id of the portal's.")
    private Optional<String> portalId;

    Query query() {
        return new Query()
                .and("endpoint", endpoint)
                .and("category", category.map(name -> name.toLowerCase(Locale.ROOT)))
                .and("portalId", portalId);
    }
}
