package org.mxhooks.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Map;
import org.mxhooks.database.Database;
import org.mxhooks.dispatch.Backlog;
import org.mxhooks.dispatch.Dispatch;
import org.mxhooks.problem.Problem;

/** What every consumer has before it. */
@Path("consumers")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Consumers {

    /** {@code Json.createArrayBuilder} would search the class path for a provider each time. */
    static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @Inject
    Dispatch dispatch;

    @Inject
    Database database;

    /** All that are known, in the order of their names, also those that no node has. */
    @GET
    public Response consumers() throws SQLException {
        if (!database.isOpen()) {
            return Problem.storageAway();
        }
        JsonArrayBuilder consumers = JSON.createArrayBuilder();
        dispatch.backlogs().forEach(backlog -> consumers.add(json(backlog)));
        return Response.ok(consumers.build().toString().getBytes(UTF_8)).build();
    }

    private static JsonObjectBuilder json(Backlog backlog) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("name", backlog.consumer())
                .add("pending", backlog.pending())
                .add("parked", backlog.parked())
                .add("replays", backlog.replays())
                .add("dead", backlog.dead());
        backlog.oldestPending().ifPresent(oldest -> json.add("oldestPending", oldest.toString()));
        return json;
    }
}
