package org.mxhooks.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mxhooks.relay.Targets.ForbiddenTarget;
import org.mxhooks.signature.Schemes;

/** Checks what operators say of a subscription, all of it at once. */
final class ContentCheck {

    private static final String VERSION = "1";
    private static final int MAX_NAME = 100;
    private static final int MIN_SECRET = 16;
    private static final int MAX_SECRET = 500;
    private static final int MAX_FILTER = 100;
    private static final int MAX_HEADERS = 20;
    private static final int MAX_VALUE = 4_000;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** Visible characters of ASCII, with spaces between. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");

    /** What HTTP, or the delivery itself, decides. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private static final List<String> RESERVED_PREFIXES = List.of("mxapi-", "webhook-", "proxy-", "sec-");

    private final Targets targets;
    private final List<String> problems = new ArrayList<>();

    ContentCheck(Targets targets) {
        this.targets = targets;
    }

    /** @throws InvalidSubscription with each thing that is wrong and what is allowed */
    void check(SubscriptionContent content) throws InvalidSubscription {
        demand(
                content.name().matches("\\P{Cc}{1," + MAX_NAME + "}")
                        && !content.name().isBlank(),
                "name must have 1 to %s printable characters.".formatted(MAX_NAME));
        url(content.url());
        demand(content.version().equals(VERSION), "version must be \"%s\".".formatted(VERSION));
        demand(
                !content.events().isEmpty() && SubscriptionContent.CATEGORIES.containsAll(content.events()),
                "events must be at least one of %s.".formatted(String.join(", ", SubscriptionContent.CATEGORIES)));
        demand(
                Schemes.names().contains(content.format()),
                "format must be one of %s.".formatted(String.join(", ", Schemes.names())));
        filter("filter.apps", content.apps());
        filter("filter.actions", content.actions());
        headers(content.headers());
        conclude();
    }

    void conclude() throws InvalidSubscription {
        if (!problems.isEmpty()) {
            throw new InvalidSubscription(problems);
        }
    }

    void demand(boolean condition, String otherwise) {
        if (!condition) {
            problems.add(otherwise);
        }
    }

    void secret(String secret, String format) {
        demand(
                secret.length() >= MIN_SECRET && secret.length() <= MAX_SECRET,
                "secret must have %s to %s characters, or be omitted: then one is generated."
                        .formatted(MIN_SECRET, MAX_SECRET));
        if (Schemes.names().contains(format)) {
            try {
                Schemes.of(format).key(secret);
            } catch (IllegalArgumentException e) {
                problems.add("secret cannot be used: %s.".formatted(e.getMessage()));
            }
        }
    }

    /** Looks up the host. */
    void url(String url) {
        try {
            targets.check(url);
        } catch (ForbiddenTarget e) {
            problems.add("url cannot be called: %s.".formatted(e.getMessage()));
        }
    }

    private void filter(String field, Set<String> texts) {
        demand(
                texts.size() <= MAX_FILTER && texts.stream().allMatch(text -> text.matches("\\P{Cc}{1,100}")),
                "%s must be up to %s texts of 1 to 100 printable characters.".formatted(field, MAX_FILTER));
    }

    private void headers(Map<String, String> headers) {
        demand(headers.size() <= MAX_HEADERS, "headers must be at most %s.".formatted(MAX_HEADERS));
        headers.forEach((name, value) -> {
            demand(
                    HEADER.matcher(name).matches() && !isReserved(name),
                    "headers must not have a name that HTTP or the delivery uses, such as Host, Content-Type, User-Agent, MxAPI-… or webhook-…, nor one that is no header's name.");
            demand(
                    value.length() <= MAX_VALUE && VALUE.matcher(value).matches(),
                    "headers must have values of 1 to %s visible ASCII characters.".formatted(MAX_VALUE));
            demand(
                    !value.equals(Subscription.MASK),
                    "headers must not have the value %s, which stands for the one that a header of exactly this name has already."
                            .formatted(Subscription.MASK));
        });
    }

    private static boolean isReserved(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
