package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log of deliveries, and redelivery. */
@Path("api/deliveries")
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveryResource {

    private static final int MAX_LIMIT = 200;
    private static final String DEFAULT_LIMIT = "50";
    private static final List<String> STATES = List.of(
            OutgoingDelivery.WAITING, OutgoingDelivery.DELIVERED, OutgoingDelivery.FAILED, OutgoingDelivery.CANCELLED);

    private record Listed(List<OutgoingDelivery> deliveries, Optional<String> next) {}

    private record Numbered(long seq, OutgoingDelivery delivery) {}

    /** Of the event and the webhook. */
    private record Content(byte[] body, String url) {}

    private record Shown(
            OutgoingDelivery delivery,
            String url,
            String body,
            List<CustomHeader> headers,
            List<DeliveryAttempt> log) {}

    private final Portal portal;

    DeliveryResource(Portal portal) {
        this.portal = portal;
    }

    @GET
    public Response list(
            @QueryParam("app") String app,
            @QueryParam("webhook") String webhook,
            @QueryParam("state") String state,
            @QueryParam("limit") @DefaultValue(DEFAULT_LIMIT) String limit,
            @QueryParam("before") String before) {
        int most = limit(limit);
        if (state != null && !STATES.contains(state)) {
            throw Rejection.badRequest("state must be one of %s.".formatted(String.join(", ", STATES)));
        }
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder("where true");
        add(where, values, " and d.app = ?", app);
        add(where, values, " and d.webhook = ?", webhook);
        add(where, values, " and d.state = ?", state);
        add(where, values, " and d.seq < ?", before == null ? null : cursor(before));
        values.add(most + 1);
        List<Numbered> found = portal.database()
                .read(transaction -> transaction.list(
                        OutgoingDelivery.SELECT + where + newestFirst(app, webhook, state) + " limit ?",
                        DeliveryResource::numbered,
                        values.toArray()));
        List<Numbered> page = found.subList(0, Math.min(most, found.size()));
        return Response.ok(PortalJson.text(new Listed(
                        page.stream().map(Numbered::delivery).toList(),
                        found.size() > most
                                ? Optional.of(String.valueOf(page.get(most - 1).seq()))
                                : Optional.empty())))
                .build();
    }

    /** The order names the first column of an index too, because H2 sorts all that it finds otherwise. */
    private static String newestFirst(String app, String webhook, String state) {
        if (state != null) {
            return " order by d.state desc, d.seq desc";
        }
        if (webhook != null) {
            return " order by d.webhook desc, d.seq desc";
        }
        return app != null ? " order by d.app desc, d.seq desc" : " order by d.seq desc";
    }

    private static Numbered numbered(ResultSet row) throws SQLException {
        return new Numbered(row.getLong("seq"), OutgoingDelivery.of(row));
    }

    private static void add(StringBuilder where, List<Object> values, String condition, Object value) {
        if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw Rejection.badRequest(
                    "limit must be between 1 and %s, was %s.".formatted(MAX_LIMIT, JsonInput.shown(text)));
        }
        return Integer.parseInt(text);
    }

    private static long cursor(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Rejection.badRequest("before must be the value of next in the page before.");
        }
        return Long.parseLong(text);
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return Response.ok(PortalJson.text(portal.database().read(transaction -> shown(transaction, id))))
                .build();
    }

    private Shown shown(PortalTransaction transaction, String id) throws SQLException {
        Numbered found = transaction
                .first(OutgoingDelivery.SELECT + "where d.id = ?", DeliveryResource::numbered, id)
                .orElseThrow(() -> Rejection.notFound("delivery"));
        Content content = transaction
                .first(
                        "select e.body, w.url from delivery d join event e on e.id = d.event join webhook w on w.id = d.webhook where d.seq = ?",
                        row -> new Content(row.getBytes(1), row.getString(2)),
                        found.seq())
                .orElseThrow();
        return new Shown(
                found.delivery(),
                content.url(),
                new String(content.body(), UTF_8),
                headers(transaction, found, content),
                transaction.list(
                        "select * from attempt where delivery = ? order by number",
                        DeliveryResource::attempt,
                        found.seq()));
    }

    /** As they would be signed now; none of a webhook that was deleted. */
    private List<CustomHeader> headers(PortalTransaction transaction, Numbered found, Content content)
            throws SQLException {
        OutgoingDelivery delivery = found.delivery();
        Parcel parcel = new Parcel(
                found.seq(),
                delivery.id(),
                delivery.resource(),
                delivery.type(),
                content.body(),
                delivery.attempts(),
                Optional.empty());
        return transaction
                .first("select * from webhook where id = ? and not deleted", PortalWebhook::of, delivery.webhook())
                .map(webhook -> parcel.headers(webhook, portal.clock()).entrySet().stream()
                        .map(header -> new CustomHeader(header.getKey(), header.getValue()))
                        .toList())
                .orElse(List.of());
    }

    private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
        return new DeliveryAttempt(
                row.getInt("number"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                row.getLong("duration_ms"),
                Cells.integer(row, "status"),
                Cells.text(row, "error"),
                Cells.text(row, "response"));
    }

    @POST
    @Path("{id}/redeliver")
    public Response redeliver(@PathParam("id") String id, InputStream body) {
        JsonInput.read(body);
        return Response.accepted(PortalJson.text(portal.database()
                        .write(transaction -> portal.redelivery().order(transaction, id))))
                .build();
    }
}
