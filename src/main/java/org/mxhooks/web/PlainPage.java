package org.mxhooks.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page that only says why there is no other. */
public final class PlainPage {

    private static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>%1$s – mxhooks</title>
            <link rel="icon" href="data:,"/>
            <link rel="stylesheet" href="%3$s/console/assets/console.css"/>
            </head>
            <body class="plain"><main><h1>%1$s</h1><p>%2$s</p><p><a href="%3$s/console/overview">Overview</a></p></main></body>
            </html>
            """;

    private PlainPage() {}

    /**
     * Writes the page.
     *
     * @param title what happened, in a few words
     * @param detail what is wrong and what to do
     * @throws IOException if the client has gone
     */
    public static void write(
            HttpServletRequest request, HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream()
                .write(HTML.formatted(escaped(title), escaped(detail), escaped(request.getContextPath()))
                        .getBytes(UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
