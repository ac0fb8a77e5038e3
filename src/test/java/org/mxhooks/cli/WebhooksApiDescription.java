package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mxhooks.WireFiles;

/** The published description of the portal's Webhooks API, as a judge of requests and answers. */
final class WebhooksApiDescription {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document = document();

    private static JsonNode document() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(WireFiles.bytes("webhooks-api.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Demands a described address, method and parameters, and a body of the described form. */
    void demandRequest(String method, URI uri, String body) {
        JsonNode operation = operation(method, uri);
        if (uri.getQuery() != null) {
            assertThat(Arrays.stream(uri.getQuery().split("&")).map(pair -> pair.replaceFirst("=.*", "")))
                    .isSubsetOf(names(operation.path("parameters")).toList());
        }
        JsonNode content = operation.at("/requestBody/content/application~1json/schema");
        if (content.isMissingNode()) {
            assertThat(body).as("body of %s %s", method, uri).isEmpty();
        } else {
            demand(content, body);
        }
    }

    /** Demands an answer of the described form. */
    void demandAnswer(String method, URI uri, int status, String body) {
        JsonNode responses = operation(method, uri).path("responses");
        JsonNode response = responses.has(String.valueOf(status))
                ? responses.path(String.valueOf(status))
                : document.at("/components/responses/Error");
        demand(response.at("/content/application~1json/schema"), body);
    }

    private JsonNode operation(String method, URI uri) {
        String pattern = uri.getPath()
                .replaceFirst("^/v1/apps/[^/]+/webhooks", "/apps/{app-id}/webhooks")
                .replaceFirst("webhooks/[^/]+$", "webhooks/{webhook-id}");
        JsonNode operation = document.path("paths").path(pattern).path(method.toLowerCase(java.util.Locale.ROOT));
        assertThat(operation.isMissingNode())
                .as("%s %s is not described", method, uri)
                .isFalse();
        return operation;
    }

    private static Stream<String> names(JsonNode parameters) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .map(parameter -> parameter.path("name").asText());
    }

    private void demand(JsonNode schema, String body) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll(Map.of("components", document.path("components")));
        whole.setAll((ObjectNode) schema.deepCopy());
        try {
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V4)
                            .getSchema(whole)
                            .validate(JSON.readTree(body)))
                    .as(body)
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }
}
