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
            <link rel="icon" href="data:,"/>%4$s
            <link rel="stylesheet" href="%3$s/console/assets/console.css"/>
            </head>
            <body class="plain"><main><h1>%1$s</h1><p>%2$s</p><p><a href="%5$s">%6$s</a></p></main></body>
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
        write(request, response, status, title, detail, "overview", "Overview");
    }

    /** As above, with a link to another page of the console. */
    public static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String title,
            String detail,
            String page,
            String linkText)
            throws IOException {
        response.setStatus(status);
        String context = request.getContextPath();
        write(response, context, title, detail, "", context + "/console/" + page, linkText);
    }

    /**
     * Writes a page from which browsers continue at once, as from a link on it.
     *
     * @param title what happened, in a few words
     * @param url to continue at
     * @throws IOException if the client has gone
     */
    public static void lead(HttpServletRequest request, HttpServletResponse response, String title, String url)
            throws IOException {
        String refresh = "<meta http-equiv=\"refresh\" content=\"0;url=%s\"/>".formatted(escaped(url));
        write(response, request.getContextPath(), title, "The next page opens by itself.", refresh, url, "Continue");
    }

    private static void write(
            HttpServletResponse response,
            String context,
            String title,
            String detail,
            String head,
            String link,
            String linkText)
            throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream()
                .write(HTML.formatted(escaped(title), escaped(detail), escaped(context), head, escaped(link), linkText)
                        .getBytes(UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
