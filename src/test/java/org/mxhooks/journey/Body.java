package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import org.mxhooks.WireFiles;

/** A body of the portal, as in the files under {@code wire/bodies}, or changed where a test needs one of its own. */
public record Body(String text) {

    public static Body of(String file) {
        return new Body(WireFiles.text("bodies/" + file));
    }

    /** @param pointer as in RFC 6901, {@code /Story/StoryId} */
    public Body with(String pointer, JsonValue value) {
        return new Body(Json.createPointer(pointer).replace(json(), value).toString());
    }

    public Body story(long id) {
        return with("/Story/StoryId", Json.createValue(id));
    }

    public Body named(String name) {
        return with("/Story/Name", Json.createValue(name));
    }

    public Body updatedAt(Instant time) {
        return with("/Meta/UpdatedAt", Json.createValue(time.toString()));
    }

    byte[] bytes() {
        return text.getBytes(UTF_8);
    }

    private JsonObject json() {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
