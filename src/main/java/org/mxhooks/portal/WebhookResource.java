package org.mxhooks.portal;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The webhooks of an app, of both families. */
@Path("api/apps/{app}/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class WebhookResource {

    private static final int MAX_URL = 2_000;
    private static final int MAX_SECRET = 200;

    private record Listed(List<WebhookView> webhooks) {}

    private final Portal portal;
    private final Webhooks webhooks;

    WebhookResource(Portal portal) {
        this.portal = portal;
        webhooks = new Webhooks(portal);
    }

    @GET
    public Response list(@PathParam("app") String app) {
        return Response.ok(PortalJson.text(new Listed(portal.database().read(transaction -> views(transaction, app)))))
                .build();
    }

    private List<WebhookView> views(PortalTransaction transaction, String app) throws SQLException {
        portal.board().app(transaction, app);
        List<WebhookView> views = new ArrayList<>();
        for (PortalWebhook webhook : WebhookTable.list(transaction, app)) {
            views.add(WebhookView.of(transaction, webhook));
        }
        return views;
    }

    @POST
    public Response create(@PathParam("app") String app, InputStream body) {
        JsonInput input = JsonInput.read(body, "family", "name", "url", "events", "secret", "active", "headers");
        String name = input.requiredText("name", WebhookInput.MAX_NAME);
        PortalWebhook webhook = created(app, name, input, portal.edit().at());
        WebhookView view = portal.database().write(transaction -> {
            webhooks.create(transaction, webhook);
            return WebhookView.of(transaction, webhook);
        });
        return Response.created(URI.create("api/apps/%s/webhooks/%s".formatted(app, webhook.id())))
                .entity(PortalJson.text(view.with(webhook.secret())))
                .build();
    }

    static PortalWebhook created(String app, String name, JsonInput input, Instant at) {
        WebhookFamily family = WebhookFamily.named(input.oneOf("family", List.of("projects", "deployment"))
                        .orElseThrow(() -> Rejection.badRequest("family is required: projects or deployment.")))
                .orElseThrow();
        String secret = input.longText("secret", MAX_SECRET)
                .map(text -> WebhookInput.secret(family, text))
                .orElseGet(family::randomSecret);
        return new PortalWebhook(
                Webhooks.newId(),
                app,
                family,
                name,
                WebhookInput.url(input.requiredText("url", MAX_URL)),
                secret,
                input.texts("events", WebhookInput.MAX_EVENTS)
                        .map(events -> WebhookInput.events(family, events))
                        .orElse(family.events()),
                input.flag("active").orElse(true),
                WebhookInput.headers(input).orElse(List.of()),
                at);
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("app") String app, @PathParam("id") String id) {
        return Response.ok(PortalJson.text(portal.database().read(transaction -> shown(transaction, app, id))))
                .build();
    }

    private static WebhookView shown(PortalTransaction transaction, String app, String id) throws SQLException {
        PortalWebhook webhook = WebhookTable.find(transaction, app, id);
        return WebhookView.of(transaction, webhook).with(webhook.secret());
    }

    @PATCH
    @Path("{id}")
    public Response change(@PathParam("app") String app, @PathParam("id") String id, InputStream body) {
        JsonInput input = JsonInput.read(body, "name", "url", "events", "secret", "active", "headers");
        WebhookView view = portal.database().write(transaction -> {
            webhooks.update(transaction, over(WebhookTable.find(transaction, app, id), input));
            return shown(transaction, app, id);
        });
        return Response.ok(PortalJson.text(view)).build();
    }

    private static PortalWebhook over(PortalWebhook present, JsonInput input) {
        WebhookFamily family = present.family();
        return new PortalWebhook(
                present.id(),
                present.app(),
                family,
                input.text("name", WebhookInput.MAX_NAME).orElse(present.name()),
                input.text("url", MAX_URL).map(WebhookInput::url).orElse(present.url()),
                input.longText("secret", MAX_SECRET)
                        .map(text -> WebhookInput.secret(family, text))
                        .orElse(present.secret()),
                input.texts("events", WebhookInput.MAX_EVENTS)
                        .map(events -> WebhookInput.events(family, events))
                        .orElse(present.events()),
                input.flag("active").orElse(present.active()),
                WebhookInput.headers(input).orElse(present.headers()),
                present.createdAt());
    }

    @DELETE
    @Path("{id}")
    public void delete(@PathParam("app") String app, @PathParam("id") String id) {
        webhooks.delete(app, id);
    }
}
