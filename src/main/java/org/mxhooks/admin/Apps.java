package org.mxhooks.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.LongFunction;
import org.mxhooks.database.Database;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.problem.Problem;

/** What the mirror knows of an app. */
@Path("apps/{appId}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Apps {

    @Inject
    Mirror mirror;

    @Inject
    Database database;

    /** A story's latest state; 404 if none was heard of. */
    @GET
    @Path("stories/{storyId}")
    public Response story(@PathParam("appId") String appId, @PathParam("storyId") String storyId) {
        return answer("storyId", storyId, id -> mirror.story(appId, id));
    }

    /** A sprint's latest state; 404 if none was heard of. */
    @GET
    @Path("sprints/{sprintId}")
    public Response sprint(@PathParam("appId") String appId, @PathParam("sprintId") String sprintId) {
        return answer("sprintId", sprintId, id -> mirror.sprint(appId, id));
    }

    private Response answer(String parameter, String text, LongFunction<Optional<JsonObject>> state) {
        if (!text.matches("[0-9]{1,18}")) {
            return Problem.of(
                    Response.Status.BAD_REQUEST, "%s is to be a number of 1 to 18 digits.".formatted(parameter));
        }
        if (!database.isOpen()) {
            return Problem.storageAway();
        }
        return state.apply(Long.parseLong(text))
                .map(json -> Response.ok(json.toString().getBytes(UTF_8), MediaType.APPLICATION_JSON_TYPE)
                        .build())
                .orElseGet(() -> Problem.of(
                        Response.Status.NOT_FOUND,
                        "Nothing is known of this %s; it appears once a delivery about it was accepted and mirrored."
                                .formatted(parameter.replace("Id", ""))));
    }
}
