package org.mxhooks.portal;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pushes, packages and alerts of an app. */
@Path("api/apps/{app}/{kind: pushes|packages|alerts}")
@Produces(MediaType.APPLICATION_JSON)
public final class DeploymentResource {

    private static final int MAX_NAME = 100;
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_RELATED = 50;

    private final Portal portal;

    DeploymentResource(Portal portal) {
        this.portal = portal;
    }

    @POST
    public Response post(@PathParam("app") String app, @PathParam("kind") String kind, InputStream body) {
        Deployments.Posted posted = switch (kind) {
            case "pushes" -> push(app, body);
            case "packages" -> upload(app, body);
            default -> alert(app, body);
        };
        return Response.status(Response.Status.CREATED)
                .entity(PortalJson.text(posted))
                .build();
    }

    private Deployments.Posted push(String id, InputStream body) {
        JsonInput input = JsonInput.read(body, "message", "branch", "stories");
        String message = input.requiredText("message", MAX_MESSAGE);
        String branch = input.text("branch", MAX_NAME).orElse("main");
        List<JsonValue> related = input.values("stories", MAX_RELATED).orElse(List.of());
        return portal.database().write(transaction -> {
            PortalApp app = portal.board().app(transaction, id);
            return portal.deployments()
                    .push(transaction, app, portal.edit(), branch, message, keys(transaction, app, related));
        });
    }

    private List<String> keys(PortalTransaction transaction, PortalApp app, List<JsonValue> related)
            throws SQLException {
        List<String> keys = new ArrayList<>();
        for (JsonValue story : related) {
            if (!(story instanceof JsonNumber number)) {
                throw Rejection.badRequest("stories must be an array of ids.");
            }
            keys.add(portal.board().story(transaction, app, number.longValue()).key());
        }
        return keys;
    }

    private Deployments.Posted upload(String id, InputStream body) {
        Optional<String> version = JsonInput.read(body, "version").text("version", MAX_NAME);
        return portal.database()
                .write(transaction -> portal.deployments()
                        .upload(transaction, portal.board().app(transaction, id), portal.edit(), version));
    }

    private Deployments.Posted alert(String id, InputStream body) {
        JsonInput input = JsonInput.read(body, "severity", "service", "message", "environment");
        String severity = input.oneOf("severity", PortalAlert.SEVERITIES)
                .orElseThrow(() -> Rejection.badRequest(
                        "severity is required: one of %s.".formatted(String.join(", ", PortalAlert.SEVERITIES))));
        String service = input.text("service", MAX_NAME).orElse("Application Status");
        PortalAlert alert = new PortalAlert(
                UUID.randomUUID().toString(),
                severity,
                service,
                input.text("environment", MAX_NAME).orElse("production"),
                input.text("message", MAX_MESSAGE).orElse("%s: %s".formatted(severity, service)));
        return portal.database()
                .write(transaction -> portal.deployments()
                        .alert(transaction, portal.board().app(transaction, id), portal.edit(), alert));
    }
}
