package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import picocli.CommandLine.ExitCode;

/** What the receiver says to a delivery. */
record Answer(int status, String body) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body());
    }

    int exitCode() {
        return status / 100 == 2 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** For people: the receipt, the title and detail of a problem (RFC 9457), or the body as it is. */
    String text() {
        JsonObject json = json();
        if (json.containsKey("receipt")) {
            return "%d %s, delivery %s"
                    .formatted(status, json.getString("receipt", ""), json.getString("delivery", ""));
        }
        if (json.containsKey("title")) {
            return "%d %s%n%s"
                    .formatted(status, json.getString("title", ""), json.getString("detail", ""))
                    .strip();
        }
        return "%d%n%s".formatted(status, body).strip();
    }

    private JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (JsonException notOurs) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }
}
