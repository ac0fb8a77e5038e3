package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever an address or a form of the console says: no page fails for it, and no text of it is markup. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class OddPagesJourneyIT {

    private static final List<String> PAGES = List.of(
            "overview",
            "deliveries",
            "delivery",
            "dead-letters",
            "consumers",
            "endpoints",
            "doctor",
            "refused",
            "subscriptions",
            "subscription",
            "subscription-secret",
            "stories",
            "story",
            "sprints",
            "sprint",
            "pushes",
            "push",
            "packages",
            "alerts",
            "orders",
            "repair",
            "confirm",
            "privacy",
            "erasure-report",
            "download?list=consumers",
            "download?list=deliveries",
            "download?list=dead-letters",
            "download?list=body");

    private static final List<String> PARAMETERS = List.of(
            "id",
            "app",
            "appId",
            "at",
            "from",
            "to",
            "sprint",
            "status",
            "view",
            "without",
            "after",
            "after-open",
            "after-ended",
            "before",
            "endpoint",
            "category",
            "portalId",
            "resourceId",
            "text",
            "field",
            "state",
            "consumer",
            "reason",
            "network",
            "name",
            "range",
            "order",
            "delivery",
            "branch",
            "story",
            "subscription",
            "change",
            "format",
            "limit",
            "failed",
            "next",
            "note",
            "erasure");

    private static final List<String> VALUES = List.of(
            "<b x='1' y=\"2\">odd</b>",
            "#{consoleUser.formToken}${1+1}",
            "\u0000",
            "\u202e\u2028\ud83d\ude00 İ ı ß \u0645\u0631\u062d\u0628\u0627",
            "-9223372036854775808",
            "9223372036854775807",
            "99999999999999999999",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59.999999Z_999999999999999999",
            "0001-01-01T00:00:00Z_0",
            "00000000-0000-0000-0000-000000000000",
            "../../../etc/passwd",
            "' or '1'='1",
            "%",
            "x".repeat(150));

    private static final List<String> NO_UTF8 = List.of("id=%ff%fe", "app=%C0%80", "text=%ed%a0%80");

    private static final List<String> CHANGES = List.of(
            "retire",
            "pause",
            "resume",
            "replay",
            "discard",
            "replay-period",
            "cancel-order",
            "delete-subscription",
            "pause-subscription",
            "resume-subscription",
            "test-subscription",
            "create-subscription",
            "edit-subscription",
            "rotate-secret",
            "start",
            "cancel",
            "odd");

    private static final List<String> TARGETS =
            List.of("change", "doctor", "subscription", "subscription-secret", "erase");

    private final ConsoleSession operator = ConsoleSession.ofOperator();

    @Test
    void noAddressMakesAPageFail() {
        List<String> failures = new ArrayList<>();
        for (String page : PAGES) {
            for (String value : VALUES) {
                String query = PARAMETERS.stream()
                        .map(name -> name + "=" + URLEncoder.encode(value, UTF_8))
                        .collect(Collectors.joining("&"));
                HttpResponse<String> answer = operator.get(page + (page.contains("?") ? "&" : "?") + query);
                check(page, value, answer, failures);
            }
            for (String query : NO_UTF8) {
                check(page, query, operator.get(page + (page.contains("?") ? "&" : "?") + query), failures);
            }
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void noFormMakesAPageFail() {
        List<String> failures = new ArrayList<>();
        for (String target : TARGETS) {
            for (String change : CHANGES) {
                for (String value : VALUES.subList(0, 4)) {
                    Map<String, String> form = new HashMap<>();
                    PARAMETERS.forEach(name -> form.put(name, value));
                    List.of(
                                    "url",
                                    "events",
                                    "apps",
                                    "actions",
                                    "headers",
                                    "secret",
                                    "active",
                                    "identifiers",
                                    "request",
                                    "body",
                                    "back")
                            .forEach(name -> form.put(name, value));
                    form.put("change", change);
                    check(target + " " + change, value, operator.post(target, form), failures);
                }
            }
        }

        assertThat(failures).isEmpty();
    }

    private static void check(String page, String value, HttpResponse<String> answer, List<String> failures) {
        if (answer.statusCode() >= 500 || answer.body().contains("<b x=")) {
            failures.add(page + " " + value + ": " + answer.statusCode() + " "
                    + answer.headers().firstValue("Content-Type").orElse("") + " "
                    + answer.body().substring(0, Math.min(200, answer.body().length())));
        }
    }
}
