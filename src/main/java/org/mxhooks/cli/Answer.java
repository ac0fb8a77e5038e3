package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.mxhooks.terminal.Printable;
import picocli.CommandLine.ExitCode;

/** The answer of a server to a request. */
record Answer(int status, String body) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body());
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether mxhooks answered with a receipt; a page of another server has none. */
    boolean isReceipt() {
        return isSuccess() && object().containsKey("receipt");
    }

    /** Whether the same request may succeed later. */
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
        return isReceipt() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** For people: the receipt, or the title and detail of a problem (RFC 9457); of anything else the status alone. */
    String text() {
        JsonObject json = object();
        if (isReceipt()) {
            String delivery = json.getString("delivery", "");
            return Printable.line("%s %s%s"
                    .formatted(
                            status, json.getString("receipt", ""), delivery.isEmpty() ? "" : ", delivery " + delivery));
        }
        if (json.containsKey("title")) {
            return Printable.lines("%s %s%n%s"
                    .formatted(status, json.getString("title", ""), json.getString("detail", ""))
                    .strip());
        }
        return "%s, which is not an answer of mxhooks: is it at this --url, and has it started?".formatted(status);
    }

    /** A problem's status, title and detail in a line; empty if this is none. */
    Optional<String> problem() {
        JsonObject json = object();
        return json.containsKey("title")
                ? Optional.of(Printable.line(
                        "%s %s: %s".formatted(status, json.getString("title", ""), json.getString("detail", ""))))
                : Optional.empty();
    }

    /**
     * The body; empty if it is not JSON, or deeper or with larger numbers than the parser takes: these throw plain
     * runtime exceptions.
     */
    Optional<JsonValue> json() {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return Optional.of(reader.readValue());
        } catch (RuntimeException notJson) {
            return Optional.empty();
        }
    }

    private JsonObject object() {
        return json().filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }
}
