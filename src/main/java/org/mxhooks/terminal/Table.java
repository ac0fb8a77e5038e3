package org.mxhooks.terminal;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Rows under headings. The first page sets the widths, so that rows can be printed as they arrive. On a terminal long
 * names and texts are cut.
 */
public final class Table {

    private static final String GAP = "  ";
    private static final int MIN_WIDTH = 4;

    /**
     * @param title above it
     * @param value of a row, safe for one line
     * @param kind how it is shown
     */
    public record Column(String title, Function<JsonObject, String> value, Kind kind) {

        /** Never cut: ids and instants are copied. */
        public static Column of(String title, Function<JsonObject, String> value) {
            return new Column(title, value, Kind.WHOLE);
        }

        public static Column number(String title, String field) {
            return new Column(title, row -> Fields.text(row, field), Kind.NUMBER);
        }

        public static Column state(String title, Function<JsonObject, String> value) {
            return new Column(title, value, Kind.STATE);
        }

        public static Column name(String title, String field) {
            return new Column(title, row -> Fields.text(row, field), Kind.NAME);
        }

        public static Column text(String title, Function<JsonObject, String> value) {
            return new Column(title, value, Kind.TEXT);
        }
    }

    private enum Kind {
        WHOLE,
        NUMBER,
        STATE,
        /** Its beginning may be cut. */
        NAME,
        /** Its end may be cut. */
        TEXT;

        boolean mayBeCut() {
            return this == NAME || this == TEXT;
        }

        String cut(String text, int width) {
            return switch (this) {
                case NAME -> Width.cutBeginning(text, width);
                case TEXT -> Width.cut(text, width);
                default -> text;
            };
        }
    }

    private final List<Column> columns;
    private final Terminal terminal;
    private final PrintWriter out;
    private int[] widths;

    public Table(List<Column> columns, Terminal terminal, PrintWriter out) {
        this.columns = columns;
        this.terminal = terminal;
        this.out = out;
    }

    public void print(List<JsonObject> rows) {
        List<List<String>> cells = rows.stream()
                .map(row -> columns.stream()
                        .map(column -> column.value().apply(row))
                        .toList())
                .toList();
        if (widths == null) {
            widths = fitted(cells);
            printLine(columns.stream().map(Column::title).toList(), false);
        }
        cells.forEach(row -> printLine(row, terminal.colours()));
        out.flush();
    }

    private int[] fitted(List<List<String>> rows) {
        int[] natural = IntStream.range(0, columns.size())
                .map(i -> rows.stream()
                        .mapToInt(row -> Width.of(row.get(i)))
                        .reduce(
                                rows.isEmpty() ? Width.of(columns.get(i).title()) : minWidth(columns.get(i)),
                                Math::max))
                .toArray();
        int excess = IntStream.of(natural).sum() + GAP.length() * (columns.size() - 1) - terminal.width();
        for (; excess > 0; excess--) {
            int[] now = natural;
            int widest = IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).kind().mayBeCut() && now[i] > MIN_WIDTH)
                    .boxed()
                    .max(Comparator.comparingInt(i -> now[i]))
                    .orElse(-1);
            if (widest < 0) {
                return natural;
            }
            natural[widest]--;
        }
        return natural;
    }

    /** A later row may have a longer state. */
    private static int minWidth(Column column) {
        return Math.max(Width.of(column.title()), column.kind() == Kind.STATE ? "pending".length() : 0);
    }

    private void printLine(List<String> cells, boolean coloured) {
        out.println(IntStream.range(0, columns.size())
                .mapToObj(i -> cell(cells.get(i), columns.get(i).kind(), widths[i], coloured))
                .collect(joining(GAP))
                .stripTrailing());
    }

    private String cell(String text, Kind kind, int width, boolean coloured) {
        String cut = terminal.shows() ? kind.cut(text, width) : text;
        String space = " ".repeat(Math.max(0, width - Width.of(cut)));
        String padded = kind == Kind.NUMBER ? space + cut : cut + space;
        return coloured && kind == Kind.STATE ? Colour.ofState(text, padded) : padded;
    }
}
