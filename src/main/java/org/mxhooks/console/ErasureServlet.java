package org.mxhooks.console;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.access.UserSession;
import org.mxhooks.orders.TooManyOrders;
import org.mxhooks.privacy.Erasures;
import org.mxhooks.privacy.InvalidPerson;

/** What forms of the page on privacy order; each leads back to that page. */
@WebServlet("/console/erase")
public class ErasureServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    transient Erasures erasures;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            PageQuery form = new PageQuery(request);
            Optional<UUID> erasure = form.uuid("erasure");
            String user = UserSession.of(request).orElseThrow().auditName();
            switch (form.text("change").orElse("")) {
                case "count" -> erasure = count(request, response, user);
                case "start" ->
                    send(request, response, erasure.isPresent() && erasures.start(erasure.get(), user), "start");
                case "cancel" ->
                    send(request, response, erasure.isPresent() && erasures.cancel(erasure.get(), user), "cancel");
                default -> new Notice(true, ConsoleText.text("failed.unknown")).send(request, response);
            }
            String page =
                    PageUrl.of("privacy", "id", erasure.map(UUID::toString).orElse(""));
            response.setHeader("Location", request.getContextPath() + "/console/" + page);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private Optional<UUID> count(HttpServletRequest request, HttpServletResponse response, String user)
            throws Exception {
        try {
            List<String> identifiers = Optional.ofNullable(request.getParameter("identifiers"))
                    .orElse("")
                    .lines()
                    .toList();
            return Optional.of(erasures.count(user, identifiers));
        } catch (InvalidPerson | TooManyOrders e) {
            new Notice(true, e.getMessage()).send(request, response);
            return Optional.empty();
        }
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, boolean done, String change) {
        new Notice(!done, ConsoleText.text((done ? "done." : "failed.") + "erasure." + change)).send(request, response);
    }
}
