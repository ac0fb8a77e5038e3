package org.mxhooks.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import org.mxhooks.operations.Download;
import org.mxhooks.operations.TableFormat;
import org.mxhooks.web.ClientPresence;

/** A list as a file, written as it is read. */
final class DownloadAnswer {

    private static final int BUFFER = 32_768;

    private DownloadAnswer() {}

    /** Writes a list. */
    interface Writer {
        void write(Download to) throws SQLException, IOException;
    }

    /**
     * An answer whose client sees a cut transfer if the list cannot be read to its end.
     *
     * @param name of the file, without its suffix
     */
    static Response of(String name, TableFormat format, HttpServletRequest connection, Writer writer) {
        StreamingOutput body = out -> write(format, connection, writer, out);
        return Response.ok(body)
                .type(format.mediaType())
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"mxhooks-%s.%s\"".formatted(name, format.suffix()))
                .build();
    }

    private static void write(TableFormat format, HttpServletRequest connection, Writer writer, OutputStream out)
            throws IOException {
        try {
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            writer.write(new Download(format, buffered, () -> ClientPresence.isGone(connection), Query::cursor));
            buffered.flush();
        } catch (SQLException e) {
            throw new WebApplicationException(e);
        }
    }
}
