package org.mxhooks.console;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.mxhooks.access.UserSession;

/** Notifies browsers of changes by server-sent events; they read the new state by themselves. */
@WebServlet(urlPatterns = "/console/changes", asyncSupported = true)
public class ChangeStream extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    transient Pulse pulse;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext stream = request.startAsync();
        stream.setTimeout(0);
        pulse.add(UserSession.of(request).map(UserSession::formToken).orElse(""), stream);
    }
}
