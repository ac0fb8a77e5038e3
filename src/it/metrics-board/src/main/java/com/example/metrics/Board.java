package com.example.metrics;

import static java.util.stream.Collectors.joining;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves {@code board/<app>/<sprint>.svg} and {@code .json}, without authentication, like every path outside
 * {@code /api}.
 */
@WebServlet("/board/*")
public class Board extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final Pattern SPRINT = Pattern.compile("/([\\w-]+)/(\\d{1,18})\\.(svg|json)");

    @Inject
    private transient Burndown burndown;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher sprint = SPRINT.matcher(String.valueOf(request.getPathInfo()));
        if (!sprint.matches()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "Use /board/<app id>/<sprint number>.svg");
            return;
        }
        List<Burndown.Day> days = burndown.of(sprint.group(1), Long.parseLong(sprint.group(2)));
        boolean svg = sprint.group(3).equals("svg");
        response.setContentType(svg ? "image/svg+xml" : "application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(svg ? new Chart("Sprint " + sprint.group(2), days).svg() : json(days));
    }

    private static String json(List<Burndown.Day> days) {
        return days.stream()
                .map(day -> "{\"date\":\"%s\",\"open\":%s}".formatted(day.date(), day.open()))
                .collect(joining(",", "[", "]"));
    }
}
