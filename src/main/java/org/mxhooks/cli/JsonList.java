package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.terminal.Printable;

/** A JSON document with one list, printed page by page, so that a list of any length needs the memory of one page. */
final class JsonList {

    private static final JsonGeneratorFactory PRETTY =
            Json.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private final PrintWriter out;
    private final StringWriter unprinted = new StringWriter();
    private final JsonGenerator generator = PRETTY.createGenerator(unprinted);

    /** @param field the name of the list */
    JsonList(String field, PrintWriter out) {
        this.out = out;
        generator.writeStartObject().writeStartArray(field);
    }

    void print(List<JsonObject> page) {
        page.forEach(generator::write);
        flush();
    }

    /**
     * Prints the rest of the document.
     *
     * @param next the cursor of the first page that was not read
     */
    void end(Optional<String> next) {
        generator.writeEnd();
        next.ifPresent(cursor -> generator.write("next", cursor));
        generator.writeEnd();
        flush();
        out.println();
    }

    private void flush() {
        generator.flush();
        out.print(Printable.json(unprinted.toString()));
        out.flush();
        unprinted.getBuffer().setLength(0);
    }
}
