package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change resulted in, for the page that is shown after it; carried by the browser for a few seconds.
 *
 * @param failed whether it was not made
 * @param text for people
 */
record Notice(boolean failed, String text) {

    private static final String COOKIE = "mxhooks-notice";
    private static final int MAX_TEXT = 1000;

    void send(HttpServletRequest request, HttpServletResponse response) {
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
        String value =
                Base64.getUrlEncoder().withoutPadding().encodeToString(((failed ? "!" : ".") + cut).getBytes(UTF_8));
        set(request, response, value, 30);
    }

    /** The notice that a request carries, which is then removed. */
    static Optional<Notice> take(HttpServletRequest request, HttpServletResponse response) {
        Cookie[] cookies = request.getCookies();
        Optional<Notice> notice = cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .flatMap(cookie -> parse(cookie.getValue()).stream())
                        .findFirst();
        if (notice.isPresent()) {
            set(request, response, "", 0);
        }
        return notice;
    }

    private static Optional<Notice> parse(String value) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(value), UTF_8);
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Notice(text.charAt(0) == '!', text.substring(1)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static void set(HttpServletRequest request, HttpServletResponse response, String value, int seconds) {
        response.addHeader(
                "Set-Cookie",
                "%s=%s; Path=%s/console; Max-Age=%s; HttpOnly; SameSite=Strict"
                        .formatted(COOKIE, value, request.getContextPath(), seconds));
    }
}
