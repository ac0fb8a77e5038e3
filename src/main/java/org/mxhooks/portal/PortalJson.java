package org.mxhooks.portal;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** How records become JSON: by their components; an empty one is left out, a time has milliseconds. */
final class PortalJson {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Jsonb JSON = JsonbBuilder.create(
            new JsonbConfig().withPropertyVisibilityStrategy(new Components()).withAdapters(new InstantAdapter()));

    private PortalJson() {}

    static String text(Object value) {
        return JSON.toJson(value);
    }

    static String time(Instant time) {
        return MILLISECONDS.format(time);
    }

    private static final class Components implements PropertyVisibilityStrategy {
        @Override
        public boolean isVisible(Field field) {
            return true;
        }

        @Override
        public boolean isVisible(Method method) {
            return false;
        }
    }

    /** Public, as the binding demands. */
    public static final class InstantAdapter implements JsonbAdapter<Instant, String> {
        @Override
        public String adaptToJson(Instant time) {
            return time(time);
        }

        @Override
        public Instant adaptFromJson(String text) {
            return Instant.parse(text);
        }
    }
}
