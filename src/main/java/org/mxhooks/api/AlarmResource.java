package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.mxhooks.alarms.Alarms;
import org.mxhooks.database.Database;
import org.mxhooks.event.OperatorAlert;

/** What an operator should look at. */
@Path("alarms")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AlarmResource {

    private static final String ENDED = "ended";

    @Inject
    Alarms alarms;

    @Inject
    Database database;

    /** Lists the alarms that last, or those that have ended, the newest first. */
    @GET
    public Response alarms(@Context UriInfo uri) throws Exception {
        Optional<String> status = new Query(uri, "status").oneOf("status", List.of("raised", ENDED));
        return Answers.from(database, () -> {
            List<OperatorAlert> found = status.filter(ENDED::equals).isPresent() ? alarms.ended() : alarms.raised();
            JsonArrayBuilder json = JsonObjects.array();
            found.forEach(alarm -> json.add(AlarmJson.of(alarm)));
            return Answers.of(json);
        });
    }
}
