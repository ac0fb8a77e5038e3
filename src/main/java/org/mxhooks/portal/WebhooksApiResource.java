package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mxhooks.signature.SecretText;

/**
 * The published Webhooks API, version 1, with its own form of errors: the webhooks of the deployment family. Source:
 * the portal's published description of it.
 */
@Path("v1/apps/{app}/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class WebhooksApiResource {

    private static final int MAX_LIMIT = 100;
    private static final int MAX_URL = 65_536;
    private static final int CODE_OF_STATUS = 100;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_ ]{1,200}");
    private static final Pattern SECRET = Pattern.compile("(whsec_)?[a-zA-Z0-9+/=]{32,100}");

    private final Portal portal;
    private final Webhooks webhooks;
    private final java.nio.file.Path tokenFile;

    /** @param tokenFile is read for each request, so that a new token is accepted at once */
    WebhooksApiResource(Portal portal, java.nio.file.Path tokenFile) {
        this.portal = portal;
        this.tokenFile = tokenFile;
        webhooks = new Webhooks(portal);
    }

    @GET
    public Response list(
            @Context HttpHeaders headers,
            @PathParam("app") String app,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue("20") String limit,
            @QueryParam("ascOrder") @DefaultValue("true") String ascending) {
        return authorized(headers, () -> {
            if (!limit.matches("\\d{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
                throw Rejection.badRequest("limit must be between 1 and %s.".formatted(MAX_LIMIT));
            }
            List<PortalWebhook> all = new ArrayList<>(portal.database().read(transaction -> all(transaction, app)));
            if (ascending.equals("false")) {
                Collections.reverse(all);
            }
            return Response.ok(page(all, cursor, Integer.parseInt(limit)));
        });
    }

    private List<PortalWebhook> all(PortalTransaction transaction, String app) throws SQLException {
        portal.board().app(transaction, app);
        return WebhookTable.list(transaction, app).stream()
                .filter(webhook -> webhook.family() == WebhookFamily.DEPLOYMENT)
                .toList();
    }

    /** A cursor is the id of the last webhook of the page before. */
    private static String page(List<PortalWebhook> all, String cursor, int limit) {
        int from = cursor == null
                ? 0
                : 1
                        + IntStream.range(0, all.size())
                                .filter(index -> all.get(index).id().equals(cursor))
                                .findFirst()
                                .orElseThrow(() -> Rejection.badRequest(
                                        "cursor must be that of an answer; begin without one again."));
        List<PortalWebhook> shown = all.subList(from, Math.min(from + limit, all.size()));
        JsonArrayBuilder page = PortalJson.BUILDERS.createArrayBuilder();
        shown.forEach(webhook -> page.add(json(webhook)));
        JsonObjectBuilder cursors = PortalJson.BUILDERS.createObjectBuilder();
        if (from + limit < all.size()) {
            cursors.add("next", shown.get(limit - 1).id());
        }
        return PortalJson.BUILDERS
                .createObjectBuilder()
                .add("webhooks", page)
                .add("cursors", cursors)
                .build()
                .toString();
    }

    @POST
    public Response create(@Context HttpHeaders headers, @PathParam("app") String app, InputStream body) {
        return authorized(headers, () -> {
            PortalWebhook webhook = upsert(Webhooks.newId(), app, body);
            portal.database().write(transaction -> {
                webhooks.create(transaction, webhook);
                return null;
            });
            return Response.ok(detailed(webhook));
        });
    }

    @GET
    @Path("{id}")
    public Response show(@Context HttpHeaders headers, @PathParam("app") String app, @PathParam("id") String id) {
        return authorized(
                headers,
                () -> Response.ok(detailed(portal.database().read(transaction -> find(transaction, app, id)))));
    }

    @PUT
    @Path("{id}")
    public Response replace(
            @Context HttpHeaders headers, @PathParam("app") String app, @PathParam("id") String id, InputStream body) {
        return authorized(headers, () -> {
            PortalWebhook webhook = upsert(id, app, body);
            portal.database().write(transaction -> {
                find(transaction, app, id);
                webhooks.update(transaction, webhook);
                return null;
            });
            return Response.accepted(detailed(webhook));
        });
    }

    @DELETE
    @Path("{id}")
    public Response delete(@Context HttpHeaders headers, @PathParam("app") String app, @PathParam("id") String id) {
        return authorized(headers, () -> {
            portal.database().read(transaction -> find(transaction, app, id));
            webhooks.delete(app, id);
            return Response.noContent();
        });
    }

    /** The webhooks of the other family are not shown here. */
    private PortalWebhook find(PortalTransaction transaction, String app, String id) throws SQLException {
        return all(transaction, app).stream()
                .filter(webhook -> webhook.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Rejection.notFound("webhook in this app"));
    }

    private PortalWebhook upsert(String id, String app, InputStream body) {
        JsonInput input = JsonInput.read(body, "name", "url", "eventTypes", "isActive", "validationSecret", "headers");
        String name = input.requiredText("name", WebhookInput.MAX_NAME);
        if (!NAME.matcher(name).matches()) {
            throw Rejection.badRequest("name must have letters of A to Z, digits, underscores and spaces only.");
        }
        return new PortalWebhook(
                id,
                app,
                WebhookFamily.DEPLOYMENT,
                name,
                WebhookInput.url(input.requiredText("url", MAX_URL)),
                secret(input.requiredText("validationSecret", WebhookInput.MAX_NAME)),
                events(input),
                input.flag("isActive").orElseThrow(() -> Rejection.badRequest("isActive is required.")),
                WebhookInput.headers(input).orElse(List.of()),
                portal.edit().at());
    }

    private static String secret(String text) {
        if (!SECRET.matcher(text).matches()) {
            throw Rejection.badRequest(
                    "validationSecret must have 32 to 100 characters of Base64, with or without whsec_ before them.");
        }
        return WebhookInput.secret(WebhookFamily.DEPLOYMENT, text);
    }

    /** Also types that are never sent: the published description names no list. */
    private static List<String> events(JsonInput input) {
        List<String> types = input.texts("eventTypes", WebhookInput.MAX_EVENTS)
                .orElseThrow(() -> Rejection.badRequest("eventTypes is required."));
        if (!types.stream().allMatch(WebhookInput::isEvent)) {
            throw Rejection.badRequest("eventTypes must be names such as teamserver.push.");
        }
        return types;
    }

    private static JsonObjectBuilder json(PortalWebhook webhook) {
        return PortalJson.BUILDERS
                .createObjectBuilder()
                .add("id", webhook.id())
                .add("name", webhook.name())
                .add("url", webhook.url())
                .add("eventTypes", PortalJson.BUILDERS.createArrayBuilder(webhook.events()))
                .add("isActive", webhook.active());
    }

    private static String detailed(PortalWebhook webhook) {
        JsonArrayBuilder headers = PortalJson.BUILDERS.createArrayBuilder();
        webhook.headers().forEach(header -> headers.add(header.toJson()));
        return json(webhook)
                .add("validationSecret", webhook.secret())
                .add("headers", headers)
                .build()
                .toString();
    }

    private Response authorized(HttpHeaders headers, Supplier<Response.ResponseBuilder> answer) {
        try {
            demandToken(headers);
            return answer.get().build();
        } catch (Rejection e) {
            return error(e.status(), e.getMessage());
        }
    }

    private void demandToken(HttpHeaders headers) {
        byte[] expected = ("MxToken " + token()).getBytes(UTF_8);
        boolean authentic = headers.getRequestHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(HttpHeaders.AUTHORIZATION))
                .flatMap(header -> header.getValue().stream())
                .anyMatch(value -> MessageDigest.isEqual(expected, value.strip().getBytes(UTF_8)));
        if (!authentic) {
            throw new Rejection(
                    401, "Send Authorization: MxToken and the token that is in the portal's home, in portal.token.");
        }
    }

    private String token() {
        try {
            String token = SecretText.in(tokenFile).strip();
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException unreadable) {
            // answered below
        }
        throw new Rejection(500, "The portal's file with the token cannot be read, or is empty.");
    }

    private static Response error(int status, String message) {
        JsonObjectBuilder error = PortalJson.BUILDERS
                .createObjectBuilder()
                .add("code", status * CODE_OF_STATUS)
                .add("message", message);
        return Response.status(status)
                .entity(PortalJson.BUILDERS
                        .createObjectBuilder()
                        .add("error", error)
                        .build()
                        .toString())
                .build();
    }
}
