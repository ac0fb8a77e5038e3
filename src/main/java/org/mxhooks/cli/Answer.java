package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** What the server says. */
record Answer(int status, String body) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body());
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The same may do later. */
    boolean isUnavailable() {
        return status == 502 || status == 503 || status == 504;
    }

    boolean isDuplicate() {
        return isSuccess() && object().getString("receipt", "").equals("duplicate");
    }

    boolean isProbe() {
        return isSuccess() && object().getString("receipt", "").equals("probe");
    }

    int exitCode() {
        return isSuccess() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** For people: the receipt, the title and detail of a problem (RFC 9457), or the body as it is. */
    String text() {
        JsonObject json = object();
        if (json.containsKey("receipt")) {
            return Printable.line("%s %s, delivery %s"
                    .formatted(status, json.getString("receipt", ""), json.getString("delivery", "")));
        }
        if (json.containsKey("title")) {
            return Printable.lines("%s %s%n%s"
                    .formatted(status, json.getString("title", ""), json.getString("detail", ""))
                    .strip());
        }
        return Printable.lines("%s%n%s".formatted(status, body).strip());
    }

    /** A problem's status, title and detail in a line; empty if this is none. */
    Optional<String> problem() {
        JsonObject json = object();
        return json.containsKey("title")
                ? Optional.of(Printable.line(
                        "%s %s: %s".formatted(status, json.getString("title", ""), json.getString("detail", ""))))
                : Optional.empty();
    }

    /** The body; empty if it is not JSON. */
    Optional<JsonValue> json() {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return Optional.of(reader.readValue());
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private JsonObject object() {
        return json().filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }
}
