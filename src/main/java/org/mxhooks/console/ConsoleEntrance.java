package org.mxhooks.console;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Leads from the application's address to the console, and from there to its first page. */
@WebServlet({"", "/console", "/console/"})
public class ConsoleEntrance extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        boolean inside = request.getServletPath().startsWith("/console");
        response.setHeader("Location", request.getContextPath() + (inside ? "/console/overview" : "/console/"));
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    }
}
