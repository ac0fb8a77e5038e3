package org.mxhooks.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import org.mxhooks.ProjectsSigner;

/** A request as it arrived at the {@link Receiver}. */
record Received(String method, URI uri, Headers headers, byte[] body) {

    static Received from(HttpExchange exchange) throws IOException {
        return new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
    }

    /** The method and what follows the application's address: {@code GET /api/v1/consumers}. */
    String line() {
        return method + " " + uri.toString().replaceFirst("^/mxhooks", "");
    }

    String header(String name) {
        return headers.getFirst(name);
    }

    boolean isSignedWith(String secret, String derivation) {
        return new ProjectsSigner(secret, derivation).verifies(header("MxAPI-Signature"), body);
    }

    JsonObject json() {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        }
    }

    String meta(String field) {
        return json().getJsonObject("Meta").getString(field);
    }
}
