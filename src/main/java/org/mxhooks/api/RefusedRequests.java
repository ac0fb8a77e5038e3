package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.array;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.mxhooks.database.Database;
import org.mxhooks.ingest.RefusalLog;
import org.mxhooks.ingest.RefusedEntry;
import org.mxhooks.settings.Settings;

/** Requests that endpoints refused. */
@Path("refused")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RefusedRequests {

    @Inject
    RefusalLog refusals;

    @Inject
    Settings settings;

    @Inject
    Database database;

    /** Lists those that are kept page by page, the newest first. */
    @GET
    public Response refused(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "endpoint", "reason", "network", "limit", "cursor");
        Optional<String> endpoint = query.text("endpoint");
        Optional<String> reason = query.text("reason");
        Optional<String> network = query.text("network");
        long before = query.cursor().orElse(Long.MAX_VALUE);
        JsonPage<RefusedEntry> page =
                new JsonPage<>("refused", query.limit(), RefusedRequests::json, refusal -> Query.cursor(refusal.id()));
        return Answers.from(database, () -> {
            List<RefusedEntry> found = refusals.latest(endpoint, reason, network, before, page.toRead());
            Optional<String> unknown = endpoint.filter(name -> !name.equals(RefusedEntry.NO_ENDPOINT)
                    && !settings.endpoints().containsKey(name));
            return found.isEmpty() && unknown.isPresent()
                    ? Answers.unknownEndpoint(
                            unknown.get(), settings.endpoints().keySet())
                    : Answers.page(page, found);
        });
    }

    private static JsonObjectBuilder json(RefusedEntry refusal) {
        JsonObjectBuilder json = object().add("at", refusal.at().toString())
                .add("endpoint", refusal.endpoint())
                .add("reason", refusal.reason())
                .add("address", refusal.address())
                .add("network", refusal.network())
                .add("requests", refusal.requests())
                .add("why", refusal.why());
        if (refusal.size() >= 0) {
            json.add("size", refusal.size());
        }
        return json.add("headers", array(refusal.headers())).add("body", refusal.body());
    }
}
