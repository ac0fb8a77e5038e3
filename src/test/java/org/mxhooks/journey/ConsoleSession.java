package org.mxhooks.journey;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** Someone who is signed in to the console, without a browser; and how a browser signs in. */
public final class ConsoleSession {

    private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI console;
    private final String cookie;

    /** @param application where the application is, ending in a slash */
    public ConsoleSession(URI application, String user, String password) {
        console = application.resolve("console/");
        HttpResponse<String> form = get("sign-in", "");
        Map<String, String> login =
                Map.of("user", user, "password", password, "next", "overview", "form-token", token(form.body()));
        cookie = cookie(post("session", login, cookie(form, "mxhooks-sign-in")), "mxhooks-session");
    }

    static ConsoleSession ofOperator() {
        return new ConsoleSession(JourneyServer.application(), "admin", System.getProperty("operator.password"));
    }

    static ConsoleSession ofViewer() {
        return new ConsoleSession(JourneyServer.application(), "viewer", System.getProperty("viewer.password"));
    }

    /** A window of a browser in which the operator is signed in, at a page. */
    static Window open(Browser browser, String page) {
        Window window = browser.open(
                JourneyServer.application().resolve("console/" + page).toString());
        window.type("#user", "admin");
        window.type("#password", System.getProperty("operator.password"));
        window.click("form button");
        window.find("nav");
        return window;
    }

    public HttpResponse<String> get(String page) {
        return get(page, cookie);
    }

    /** A request for a page, to be sent by others. */
    public HttpRequest.Builder request(String page) {
        return request(page, cookie);
    }

    /** Sends a form with the session's token. */
    public HttpResponse<String> post(String to, Map<String, String> form) {
        Map<String, String> signed = new TreeMap<>(form);
        signed.put("form-token", token(get("overview").body()));
        return post(to, signed, cookie);
    }

    /** The page that says what a change resulted in. */
    String notice(HttpResponse<String> changed) {
        return get("overview", cookie + "; " + cookie(changed, "mxhooks-notice"))
                .body();
    }

    private HttpResponse<String> get(String page, String cookies) {
        return send(request(page, cookies));
    }

    private HttpRequest.Builder request(String page, String cookies) {
        return HttpRequest.newBuilder(console.resolve(page)).header("Cookie", cookies);
    }

    private HttpResponse<String> post(String to, Map<String, String> form, String cookies) {
        return send(request(to, cookies)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining("&")))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(String page) {
        Matcher token = TOKEN.matcher(page);
        if (!token.find()) {
            throw new IllegalStateException("no form in " + page);
        }
        return token.group(1);
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.split(";")[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no cookie " + name + " in " + answer.headers()));
    }
}
