package org.mxhooks.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Where a list is written to as it is read, page by page, so that a list of any length needs the memory of a page. It
 * is not a snapshot: what changes meanwhile may be in it or not.
 *
 * @param format of the lines
 * @param out in UTF-8; not closed
 * @param abandoned whether nobody reads it any more
 * @param cursor what continues a list that was cut, as its reader sends it back
 */
public record Download(TableFormat format, OutputStream out, BooleanSupplier abandoned, LongFunction<String> cursor) {

    /** Entries of a list; then it is cut. */
    static final int MAX_ROWS = 1_000_000;

    /** Pages that may be read in search of a text or of what has no index; then the list is cut. */
    static final int MAX_SEARCHED_PAGES = 100;

    void head(List<String> columns) throws IOException {
        write(format.head(columns));
    }

    /** The values of a line by the names of their columns, in their order; empty where there is none. */
    void row(Map<String, Object> values) throws IOException {
        write(format.row(values));
    }

    void end() throws IOException {
        out.flush();
    }

    /** Ends a list that was cut: its last line says after which position it continues. */
    void cut(long position) throws IOException {
        Map<String, Object> last = new LinkedHashMap<>();
        if (format == TableFormat.CSV) {
            last.put("", "next");
        }
        last.put("next", cursor.apply(position));
        row(last);
        end();
    }

    boolean isAbandoned() {
        return abandoned.getAsBoolean();
    }

    private void write(String line) throws IOException {
        out.write(line.getBytes(UTF_8));
    }
}
