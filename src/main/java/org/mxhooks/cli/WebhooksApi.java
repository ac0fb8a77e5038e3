package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mxhooks.terminal.Printable;

/**
 * A client of the portal's Webhooks API, version 1: the webhooks of one app.
 *
 * <p>Source: the portal's published description of it. Of a status 429 and of a successful change no more is relied on
 * than the status, since the body is not always of the described form.
 */
final class WebhooksApi {

    /** Of an app with more webhooks something is wrong with the pages. */
    private static final int MAX_PAGES = 1_000;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_SHOWN = 300;

    /** Greater ones are seconds since the epoch, not from now. */
    private static final long MAX_SECONDS_FROM_NOW = 1_000_000_000;

    private final ServerUrl portal;
    private final UUID app;
    private final PortalToken token;
    private final Exchange exchange = Exchange.standard();

    /** @param portal its URL up to {@code /apps} */
    WebhooksApi(ServerUrl portal, UUID app, PortalToken token) {
        this.portal = portal.application();
        this.app = app;
        this.token = token;
    }

    /**
     * All webhooks by their ids, in the order of their creation, without secrets.
     *
     * @throws CommandFailure also if one of the pages cannot be had: a part of the list would be taken for the whole
     */
    Map<String, JsonObject> list() throws CommandFailure, InterruptedException {
        Map<String, JsonObject> webhooks = new LinkedHashMap<>();
        Set<String> cursors = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonObject page = page(cursor);
            for (JsonValue webhook : page.getJsonArray("webhooks")) {
                webhooks.put(Webhook.text(webhook.asJsonObject(), "id"), webhook.asJsonObject());
            }
            cursor = next(page);
            if (cursor.isPresent() && (!cursors.add(cursor.get()) || cursors.size() > MAX_PAGES)) {
                throw Webhook.unexpected("pages that have no end");
            }
        } while (cursor.isPresent());
        return webhooks;
    }

    private JsonObject page(Optional<String> cursor) throws CommandFailure, InterruptedException {
        String query = cursor.map(Api::escaped).map(text -> "?cursor=" + text).orElse("");
        JsonObject page =
                object(send(request(query).GET())).orElseThrow(() -> Webhook.unexpected("a page that is not JSON"));
        if (page.get("webhooks") instanceof JsonArray webhooks
                && webhooks.stream().allMatch(JsonObject.class::isInstance)) {
            return page;
        }
        throw Webhook.unexpected("a page without webhooks");
    }

    private static Optional<String> next(JsonObject page) {
        return page.get("cursors") instanceof JsonObject cursors && cursors.get("next") instanceof JsonString next
                ? Optional.of(next.getString()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** A webhook with its secret. */
    Webhook webhook(String id) throws CommandFailure, InterruptedException {
        return Webhook.of(object(send(request(Api.path(id)).GET()))
                .orElseThrow(() -> Webhook.unexpected("a webhook that is not JSON")));
    }

    void create(Webhook webhook) throws CommandFailure, InterruptedException {
        send(change("").POST(body(webhook)));
    }

    void update(String id, Webhook webhook) throws CommandFailure, InterruptedException {
        send(change(Api.path(id)).PUT(body(webhook)));
    }

    private static HttpRequest.BodyPublisher body(Webhook webhook) {
        return BodyPublishers.ofString(webhook.json().toString());
    }

    private HttpRequest.Builder change(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("%s/apps/%s/webhooks%s".formatted(portal.uri(), app, path)))
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", token.authorization())
                .header("Accept", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws CommandFailure, InterruptedException {
        HttpRequest built = request.build();
        HttpResponse<String> response = answer(built);
        if (response.statusCode() / 100 != 2) {
            throw refusal(response);
        }
        return response;
    }

    private HttpResponse<String> answer(HttpRequest request) throws CommandFailure, InterruptedException {
        try {
            return exchange.exchange(request);
        } catch (IOException e) {
            String effect = request.method().equals("GET") ? "" : " Whether it was changed is unknown: run this again.";
            throw CommandFailure.noAnswer(
                    "no answer from the portal at %s (%s).%s".formatted(portal, Printable.line(e.toString()), effect),
                    e);
        }
    }

    private CommandFailure refusal(HttpResponse<String> response) {
        int status = response.statusCode();
        String what = "the portal at %s answered %s".formatted(portal, status);
        return switch (status) {
            case 401 ->
                CommandFailure.refused(
                        "%s: it does not accept the token in %s.%s Create a personal access token with the scopes mx:webhook:read and mx:webhook:write."
                                .formatted(what, token, reason(response)));
            case 403 ->
                CommandFailure.refused(
                        "%s: the owner of the token in %s may not manage the webhooks of app %s, or the token lacks mx:webhook:read or mx:webhook:write.%s"
                                .formatted(what, token, app, reason(response)));
            case 404 ->
                CommandFailure.refused(
                        "%s: it has no app %s, or the webhook was deleted meanwhile.%s Check --app and --portal."
                                .formatted(what, app, reason(response)));
            case 429 -> CommandFailure.unavailable("%s: %s. Run this again then.".formatted(what, rateLimit(response)));
            default ->
                status >= 500
                        ? CommandFailure.unavailable("%s.%s Run this again later.".formatted(what, reason(response)))
                        : CommandFailure.refused("%s.%s".formatted(what, reason(response)));
        };
    }

    private static String rateLimit(HttpResponse<String> response) {
        String limit = header(response, "X-RateLimit-Limit")
                .map(number -> "the limit of %s requests in an hour is reached".formatted(number))
                .orElse("too many requests in an hour");
        return header(response, "X-RateLimit-Reset")
                .map(reset -> limit + "; it ends " + end(reset))
                .orElse(limit + "; it ends within the hour");
    }

    /** The unit is not published. */
    private static String end(String reset) {
        try {
            long seconds = Long.parseLong(reset);
            return seconds > MAX_SECONDS_FROM_NOW
                    ? "at " + Instant.ofEpochSecond(seconds)
                    : "in %s s".formatted(seconds);
        } catch (RuntimeException noNumber) {
            return "at " + reset;
        }
    }

    private static Optional<String> header(HttpResponse<String> response, String name) {
        return response.headers()
                .firstValue(name)
                .map(text -> Printable.line(cut(text)))
                .filter(text -> !text.isEmpty());
    }

    /** What the portal says of an error, as far as it has the described form. */
    private static String reason(HttpResponse<String> response) {
        return object(response)
                .map(body -> body.get("error"))
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .map(error -> " " + Printable.line(cut(describe(error))))
                .orElse("");
    }

    private static String describe(JsonObject error) {
        String code = error.get("code") instanceof JsonNumber number ? " (code %s)".formatted(number) : "";
        String params = error.get("invalid-params") instanceof JsonArray array
                ? array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonValue::asJsonObject)
                        .map(param -> "%s: %s".formatted(param.getString("name", "?"), param.getString("reason", "?")))
                        .collect(joining("; "))
                : "";
        return "It says: %s%s%s."
                .formatted(error.getString("message", ""), code, params.isEmpty() ? "" : "; " + params);
    }

    private static String cut(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static Optional<JsonObject> object(HttpResponse<String> response) {
        return Answer.of(response).json().filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject);
    }
}
