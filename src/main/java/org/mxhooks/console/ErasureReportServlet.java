package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.privacy.Erasure;
import org.mxhooks.privacy.ErasureReport;
import org.mxhooks.privacy.Erasures;

/** Downloads the report on an erasure, as the API shows it. */
@WebServlet("/console/erasure-report")
public class ErasureReportServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    transient Erasures erasures;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            Optional<UUID> id = new PageQuery(request).uuid("id");
            Optional<Erasure> erasure = id.isEmpty() ? Optional.empty() : erasures.find(id.get());
            if (erasure.isEmpty()) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType("application/json");
            response.setHeader("Content-Disposition", "attachment; filename=\"erasure-%s.json\"".formatted(id.get()));
            response.getOutputStream()
                    .write(ErasureReport.of(erasure.get()).build().toString().getBytes(UTF_8));
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }
}
