package org.mxhooks.ingest;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxhooks.signature.Schemes;
import org.mxhooks.web.SentHeaders;

/**
 * The headers that are stored with a delivery: all names, and the values of headers that are known to carry no secret.
 * A portal can be configured to send credentials under any name, and a proxy may add headers.
 */
public final class KeptHeaders {

    /** Replaces a value that is not stored. */
    public static final String MASK = "****";

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private static final Set<String> WHOLE = Stream.concat(
                    Schemes.headers().stream(),
                    Stream.of(
                            "Accept",
                            "Accept-Charset",
                            "Accept-Encoding",
                            "Accept-Language",
                            "Cache-Control",
                            "Connection",
                            "Content-Encoding",
                            "Content-Language",
                            "Content-Length",
                            "Content-Type",
                            "Date",
                            "Expect",
                            "Host",
                            "Transfer-Encoding",
                            "User-Agent",
                            "Via",
                            "Traceparent",
                            "Tracestate",
                            "X-Request-Id",
                            "X-Correlation-Id",
                            "Forwarded",
                            "X-Forwarded-For",
                            "X-Forwarded-Host",
                            "X-Forwarded-Port",
                            "X-Forwarded-Proto",
                            "X-Real-Ip"))
            .map(KeptHeaders::lowerCase)
            .collect(Collectors.toUnmodifiableSet());

    private KeptHeaders() {}

    /** Whether the values of a header are stored; names are case-insensitive. */
    public static boolean isKept(String name) {
        return WHOLE.contains(lowerCase(name));
    }

    /** A JSON object of arrays. */
    static String json(Map<String, List<String>> headers) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        headers.forEach((name, values) -> add(json, SentHeaders.sentName(name), values));
        return json.build().toString();
    }

    private static void add(JsonObjectBuilder json, String name, List<String> values) {
        List<String> kept =
                isKept(name) ? values : values.stream().map(value -> MASK).toList();
        json.add(name, JSON.createArrayBuilder(kept));
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
