package org.mxhooks.console;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.operations.DeliveryFilter;
import org.mxhooks.operations.Download;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.TableFormat;
import org.mxhooks.web.ClientPresence;

/** Lists of the console as files, written as they are read. */
@WebServlet("/console/download")
public class DownloadServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final int BUFFER = 32_768;

    @Inject
    transient Operations operations;

    private interface Writer {
        void write(Download to) throws SQLException, IOException;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        PageQuery query = new PageQuery(request);
        if (query.text("list").equals(Optional.of("body"))) {
            sendBody(query, response);
            return;
        }
        TableFormat format = query.oneOf("format", TableFormat.class).orElse(TableFormat.CSV);
        String list = query.text("list").orElse("");
        Optional<Writer> writer = writer(list, query);
        if (writer.isEmpty() || !query.problems().isEmpty()) { // what is left out must not make the list a larger one
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(format.mediaType());
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"mxhooks-%s.%s\"".formatted(list, format.suffix()));
        try {
            OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
            writer.get().write(new Download(format, out, () -> ClientPresence.isGone(request), String::valueOf));
            out.flush();
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private void sendBody(PageQuery query, HttpServletResponse response) throws ServletException, IOException {
        try {
            Optional<UUID> id = query.uuid("id");
            Optional<byte[]> body = id.isEmpty()
                    ? Optional.empty()
                    : operations
                            .delivery(id.get())
                            .flatMap(detail -> detail.entry().body());
            if (body.isEmpty()) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType("application/octet-stream");
            response.setHeader("Content-Disposition", "attachment; filename=\"body-%s\"".formatted(id.get()));
            response.getOutputStream().write(body.get());
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private Optional<Writer> writer(String list, PageQuery query) {
        return switch (list) {
            case "deliveries" -> {
                DeliveryQuery wanted = new DeliveryQuery(query);
                DeliveryFilter filter = wanted.filter();
                long before = wanted.before();
                yield Optional.of(to -> operations.download(filter, before, to));
            }
            case "dead-letters" -> {
                Optional<String> consumer = query.text("consumer");
                Optional<String> reason = query.text("reason");
                yield Optional.of(to -> operations.downloadDead(consumer, reason, to));
            }
            case "consumers" -> Optional.of(operations::downloadConsumers);
            default -> Optional.empty();
        };
    }
}
