package org.mxhooks.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Answers in the form of MicroProfile Health 4.0, appendix A (REST interfaces). */
@Path("")
@ApplicationScoped
public class Health {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @Inject
    Readiness readiness;

    /** Liveness: 200 as long as the application responds; if it does not, restart it. */
    @GET
    @Path("live")
    public Response live() {
        return answer(List.of());
    }

    /** Readiness: 200 if this node accepts and dispatches deliveries, otherwise 503; a restart does not help. */
    @GET
    @Path("ready")
    public Response ready() {
        return answer(readiness.checks());
    }

    private static Response answer(List<Check> checks) {
        boolean up = checks.stream().allMatch(Check::up);
        JsonArrayBuilder all = JSON.createArrayBuilder();
        checks.forEach(check -> all.add(json(check)));
        byte[] json = JSON.createObjectBuilder()
                .add("status", status(up))
                .add("checks", all)
                .build()
                .toString()
                .getBytes(UTF_8);
        return Response.status(up ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json)
                .build();
    }

    private static JsonObjectBuilder json(Check check) {
        JsonObjectBuilder json =
                JSON.createObjectBuilder().add("name", check.name()).add("status", status(check.up()));
        check.reason()
                .ifPresent(reason -> json.add("data", JSON.createObjectBuilder().add("reason", reason)));
        return json;
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
