package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Addresses of pages, relative to the console. */
final class PageUrl {

    private PageUrl() {}

    /** A page with its parameters, names and values in turn; empty ones are left out. */
    static String of(String page, String... parameters) {
        StringBuilder url = new StringBuilder(page);
        for (int i = 0; i < parameters.length; i += 2) {
            if (!parameters[i + 1].isEmpty()) {
                url.append(url.indexOf("?") < 0 ? '?' : '&')
                        .append(parameters[i])
                        .append('=')
                        .append(URLEncoder.encode(parameters[i + 1], UTF_8));
            }
        }
        return url.toString();
    }

    /** The page of a delivery. */
    static String delivery(String id) {
        return of("delivery", "id", id);
    }
}
