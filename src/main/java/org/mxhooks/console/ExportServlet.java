package org.mxhooks.console;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.mxhooks.access.UserSession;
import org.mxhooks.mendix.AppId;
import org.mxhooks.privacy.AppExport;
import org.mxhooks.privacy.AppExports;
import org.mxhooks.web.ClientPresence;

/** Downloads all that is kept of an app; for operators. */
@WebServlet("/console/export")
public class ExportServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    transient AppExports exports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (!UserSession.of(request).map(UserSession::operator).orElse(false)) {
            back(request, response, "failed.export.viewer");
            return;
        }
        Optional<String> app = new PageQuery(request).text("app");
        if (app.isEmpty()) {
            back(request, response, "failed.export.app");
            return;
        }
        Optional<AppExport> begun = exports.begin(AppId.normalized(app.get()).orElse(app.get()));
        if (begun.isEmpty()) {
            back(request, response, "failed.export.busy");
            return;
        }
        try (AppExport export = begun.get()) {
            response.setContentType("application/zip");
            response.setHeader("Content-Disposition", "attachment; filename=\"app-export.zip\"");
            export.write(response.getOutputStream(), () -> ClientPresence.isGone(request));
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private static void back(HttpServletRequest request, HttpServletResponse response, String why) {
        new Notice(true, ConsoleText.text(why)).send(request, response);
        response.setHeader("Location", request.getContextPath() + "/console/privacy");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    }
}
