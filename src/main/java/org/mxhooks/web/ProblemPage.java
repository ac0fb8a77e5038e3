package org.mxhooks.web;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The error page of {@code web.xml}: problem documents for requests that the server refuses outside JAX-RS, and pages
 * for those of the console.
 */
@WebServlet(ProblemPage.PATH)
public class ProblemPage extends HttpServlet {

    static final String PATH = "/problem";

    private static final long serialVersionUID = 1;
    private static final System.Logger LOG = System.getLogger(ProblemPage.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer known ? known : HttpServletResponse.SC_NOT_FOUND;
        try {
            Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
            ErrorAnswer.write(request, response, String.valueOf(uri), status);
        } catch (IOException e) {
            LOG.log(DEBUG, "Client disconnected before the response was written: {0}", e.toString());
        }
    }
}
