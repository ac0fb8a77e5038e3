package org.mxhooks.console;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.SubscriptionContent;
import org.mxhooks.signature.Schemes;

/**
 * What the fields of a subscription's form contain, as it was typed.
 *
 * @param name unique
 * @param url that is called
 * @param events chosen categories
 * @param apps one a line, or empty for all
 * @param actions one a line, or empty for all
 * @param format how deliveries are signed
 * @param headers a name, a colon and a value on each line
 * @param active whether deliveries are sent
 */
public record SubscriptionFields(
        String name,
        String url,
        Set<String> events,
        String apps,
        String actions,
        String format,
        String headers,
        boolean active) {

    private static final SubscriptionContent NEW = new SubscriptionContent(
            "", "https://", "1", Set.of(), Set.of(), Set.of(), Schemes.names().get(0), Map.of());

    static SubscriptionFields of(Optional<Subscription> present) {
        SubscriptionContent content = present.map(Subscription::content).orElse(NEW);
        return new SubscriptionFields(
                content.name(),
                content.url(),
                content.events(),
                String.join("\n", content.apps()),
                String.join("\n", content.actions()),
                content.format(),
                content.headers().entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .collect(joining("\n")),
                present.map(Subscription::active).orElse(true));
    }

    /** What was posted; a form without these fields leaves a subscription as it is. */
    static SubscriptionFields posted(HttpServletRequest form, Optional<Subscription> present) {
        if (form.getParameter("name") == null) {
            return of(present);
        }
        return new SubscriptionFields(
                text(form, "name"),
                text(form, "url"),
                new TreeSet<>(List.of(
                        Optional.ofNullable(form.getParameterValues("events")).orElse(new String[0]))),
                text(form, "apps"),
                text(form, "actions"),
                text(form, "format"),
                text(form, "headers"),
                form.getParameter("active") != null);
    }

    private static String text(HttpServletRequest form, String field) {
        return Optional.ofNullable(form.getParameter(field)).orElse("").strip();
    }

    /** What the subscription cannot say of it: lines that are no headers. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        lines(headers).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon < 1) {
                problems.add(ConsoleText.text("problem.header"));
            } else if (!names.add(line.substring(0, colon).strip())) {
                problems.add(ConsoleText.text("problem.header.twice"));
            }
        });
        return problems.stream().distinct().toList();
    }

    SubscriptionContent content() {
        Map<String, String> byName = new LinkedHashMap<>();
        lines(headers).forEach(line -> {
            int colon = line.indexOf(':');
            byName.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        });
        return new SubscriptionContent(name, url, "1", events, set(apps), set(actions), format, byName);
    }

    private static Set<String> set(String text) {
        return new TreeSet<>(lines(text).toList());
    }

    private static Stream<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    /** Each category with whether it is chosen. */
    Map<String, Boolean> choice() {
        Map<String, Boolean> choice = new LinkedHashMap<>();
        SubscriptionContent.CATEGORIES.forEach(category -> choice.put(category, events.contains(category)));
        return choice;
    }

    /** The ways to sign. */
    public List<String> formats() {
        return Schemes.names();
    }
}
