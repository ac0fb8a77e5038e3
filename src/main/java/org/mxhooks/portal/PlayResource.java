package org.mxhooks.portal;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.List;
import java.util.Optional;

/** Plays: a team at work. */
@Path("api/plays")
@Produces(MediaType.APPLICATION_JSON)
public final class PlayResource {

    private static final int MAX_TEXT = 2_000;
    private static final int MAX_WEBHOOKS = 10;
    private static final long MAX_COUNT = 10_000_000;

    private record Listed(List<Play> plays) {}

    private final Portal portal;
    private final Webhooks webhooks;

    PlayResource(Portal portal) {
        this.portal = portal;
        webhooks = new Webhooks(portal);
    }

    @GET
    public Response list() {
        return Response.ok(PortalJson.text(new Listed(portal.database().read(PlayTable::list))))
                .build();
    }

    @GET
    @Path("{id: \\d{1,18}}")
    public Response show(@PathParam("id") long id) {
        return Response.ok(PortalJson.text(portal.database().read(transaction -> PlayTable.find(transaction, id))))
                .build();
    }

    /** Without an app it is one of the seed's own, and the same for each play with it. */
    @POST
    public Response create(InputStream body) {
        JsonInput input = JsonInput.read(body, "seed", "rate", "count", "start", "app", "webhooks");
        long seed = input.number("seed", Long.MIN_VALUE, Long.MAX_VALUE)
                .orElseThrow(() -> Rejection.badRequest("seed is required: a whole number."));
        PlayRate rate = PlayRate.of(input.text("rate", MAX_TEXT).orElse("1/s"))
                .orElseThrow(() -> Rejection.badRequest("rate must be %s.".formatted(PlayRate.ALLOWED)));
        Optional<Long> count = input.number("count", 1, MAX_COUNT);
        Optional<Instant> start = input.instant("start");
        List<JsonInput> wanted = input.objects("webhooks", MAX_WEBHOOKS, "family", "url", "secret")
                .orElse(List.of());
        Play play = portal.database().write(transaction -> {
            PortalApp app = app(transaction, input.text("app", MAX_TEXT), seed);
            for (JsonInput webhook : wanted) {
                demand(transaction, app, webhook);
            }
            return PlayTable.insert(transaction, app, seed, rate, count, start);
        });
        portal.players().start(play);
        return Response.created(URI.create("api/plays/" + play.id()))
                .entity(PortalJson.text(play))
                .build();
    }

    private PortalApp app(PortalTransaction transaction, Optional<String> given, long seed) throws SQLException {
        if (given.isPresent()) {
            return portal.board().app(transaction, given.get());
        }
        String id = Person.uuid("app of seed " + seed);
        Optional<PortalApp> present = portal.board().findApp(transaction, id);
        return present.isPresent()
                ? present.get()
                : portal.board()
                        .createApp(
                                transaction,
                                id,
                                "Order Desk " + seed,
                                portal.edit().at());
    }

    /** Creates a webhook, unless the app has one with this URL. */
    private void demand(PortalTransaction transaction, PortalApp app, JsonInput input) throws SQLException {
        PortalWebhook webhook =
                WebhookResource.created(app.id(), "play", input, portal.edit().at());
        boolean there = WebhookTable.list(transaction, app.id()).stream()
                .anyMatch(present -> present.url().equals(webhook.url()));
        if (!there) {
            webhooks.create(transaction, webhook);
        }
    }

    /** Stops it; what it made stays. */
    @DELETE
    @Path("{id: \\d{1,18}}")
    public Response stop(@PathParam("id") long id) {
        return Response.ok(PortalJson.text(portal.players().stop(id))).build();
    }
}
