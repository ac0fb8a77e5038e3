package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Table;
import org.mxhooks.terminal.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** How answers are shown: for people, or as JSON for programs. */
final class OutputOptions {

    private static final JsonWriterFactory PRETTY =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private final Terminal terminal;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Prints the answer of the API as JSON.")
    private boolean json;

    OutputOptions(Terminal terminal) {
        this.terminal = terminal;
    }

    boolean isJson() {
        return json;
    }

    Terminal terminal() {
        return terminal;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Whether the output still has a reader: the other end of a pipe may be closed. */
    boolean isRead() {
        return !out().checkError();
    }

    /** Prints to the errors, for what is not part of the answer. */
    void note(String text) {
        command.commandLine().getErr().println(Printable.line(text));
    }

    Table table(List<Table.Column> columns) {
        return new Table(columns, terminal, out());
    }

    /** Prints a complete list. */
    void print(JsonValue list, List<Table.Column> columns) throws CommandFailure {
        if (json) {
            print(list);
        } else {
            table(columns).print(JsonShape.objects(list));
        }
    }

    void print(JsonValue document) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = PRETTY.createWriter(text)) {
            writer.write(document);
        }
        out().println(Printable.json(text.toString().strip()));
    }

    /** Prints on one line, for programs that read line by line. */
    void printLine(JsonValue document) {
        out().println(Printable.json(document.toString()));
    }
}
