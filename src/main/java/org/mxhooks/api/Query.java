package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.joining;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mxhooks.mirror.Change;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.TableFormat;

/**
 * The parameters of a request. Each is parsed, or rejected with its name, the value that was sent, cut short, and what
 * is allowed; an empty one counts as absent.
 */
final class Query {

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_TEXT = 200;
    private static final int MAX_PORTAL_ID = 256;
    private static final Pattern CONSUMER = Pattern.compile("\\P{Cc}{1,200}");

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final String INSTANT =
            "an instant like 2026-03-01T12:00:00Z, or a date like 2026-03-01 (from 00:00 UTC)";
    private static final Instant MIN_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MAX_INSTANT = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    /**
     * Seconds and nanoseconds of the portal's time, which may be missing, and the position; in years that PostgreSQL
     * knows.
     */
    private static final Pattern CHANGE =
            Pattern.compile("(?:(-[0-9]{1,11}|[0-9]{1,12})\\.([0-9]{1,9}))?@([0-9]{1,18})");

    private final MultivaluedMap<String, String> parameters;

    /**
     * @param known names of the parameters that the address takes
     * @throws BadParameter if another was sent, or one twice
     */
    Query(UriInfo uri, String... known) {
        parameters = uri.getQueryParameters();
        Set<String> names = Set.of(known);
        parameters.forEach((name, values) -> {
            if (!names.contains(name)) {
                throw new BadParameter(name, "", known.length == 0 ? "no parameter" : String.join(", ", known));
            }
            if (values.size() > 1) {
                throw new BadParameter(name, values.get(1), "a single value");
            }
        });
    }

    /** A text of at most 200 characters, none of them a control character: PostgreSQL takes no NUL. */
    Optional<String> text(String name) {
        return text(name, MAX_TEXT);
    }

    /** The parameter {@code portalId}, which may be as long as a signed id. */
    Optional<String> portalId() {
        return text("portalId", MAX_PORTAL_ID);
    }

    /** The parameter {@code note}: what the user says about a change. */
    Optional<String> note() {
        return text("note", Operations.MAX_NOTE);
    }

    private Optional<String> text(String name, int most) {
        String allowed = "1 to %s printable characters".formatted(most);
        return value(name).map(demand(name, allowed, text -> text.matches("\\P{Cc}{1," + most + "}")));
    }

    /** The name of a consumer: the parameter {@code consumer}, which is required. */
    String consumer() {
        return required("consumer", consumerIfAny());
    }

    /** The name of a consumer: the parameter {@code consumer}. */
    Optional<String> consumerIfAny() {
        return value("consumer").map(Query::consumer);
    }

    /** The name of a consumer, from the address's path. */
    static String consumer(String name) {
        return demand(
                        "consumer",
                        "a name as /consumers lists it (mxhooks consumers), or the name of a subscription",
                        CONSUMER.asMatchPredicate())
                .apply(name);
    }

    /** The id of a delivery: the parameter {@code delivery}, which is required. */
    UUID delivery() {
        return delivery(required("delivery", value("delivery")));
    }

    /** The id of a delivery, from the address's path. */
    static UUID delivery(String id) {
        return uuid("delivery", id, "a UUID, as in the response to the sender");
    }

    /** A UUID from the address's path. */
    static UUID uuid(String name, String id, String allowed) {
        return UUID.fromString(
                demand(name, allowed, UUID_FORM.asMatchPredicate()).apply(id));
    }

    /** A required instant. */
    Instant requiredInstant(String name) {
        return required(name, instant(name));
    }

    /** A required instant, later than another. */
    Instant requiredInstantAfter(String name, Instant earliest) {
        Instant instant = requiredInstant(name);
        if (!instant.isAfter(earliest)) {
            throw new BadParameter(name, instant.toString(), "an instant after " + earliest);
        }
        return instant;
    }

    private static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> BadParameter.missing(name));
    }

    /** Why something failed: the parameter {@code reason}, the name of a class or a word. */
    Optional<String> reason() {
        return text("reason", 500);
    }

    /** One of several words in lower case, sent in any case. */
    Optional<String> oneOf(String name, List<String> allowed) {
        return value(name)
                .map(demand(
                        name,
                        allowed.stream().collect(joining(", ")),
                        text -> allowed.contains(text.toLowerCase(Locale.ROOT))))
                .map(text -> text.toLowerCase(Locale.ROOT));
    }

    /**
     * A text that the portal gave a resource, of at most 200 characters: it may have line breaks, but not what
     * PostgreSQL refuses.
     */
    Optional<String> label(String name) {
        return value(name)
                .map(demand(name, "1 to 200 characters without U+0000", text -> text.matches("(?s)[^\\x00]{1,200}")));
    }

    /** A whole number of 64 bits, as ids are. */
    OptionalLong number(String name) {
        return value(name).map(text -> OptionalLong.of(number(name, text))).orElse(OptionalLong.empty());
    }

    /** As above, from the address's path. */
    static long number(String name, String text) {
        BadParameter noNumber = new BadParameter(name, text, "a whole number of 64 bits");
        if (!text.matches("-?[0-9]+")) {
            throw noNumber;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException beyond) {
            throw noNumber;
        }
    }

    /**
     * An instant in ISO 8601 with its offset, or a date, which stands for its begin in UTC; between the years 1 and
     * 9999, as decoded times are.
     */
    Optional<Instant> instant(String name) {
        return value(name).map(text -> {
            try {
                Instant instant = DATE.matcher(text).matches()
                        ? LocalDate.parse(text).atStartOfDay(UTC).toInstant()
                        : Instant.parse(text);
                if (instant.isBefore(MIN_INSTANT) || instant.isAfter(MAX_INSTANT)) {
                    throw new BadParameter(name, text, INSTANT);
                }
                return instant;
            } catch (DateTimeException e) {
                throw new BadParameter(name, text, INSTANT);
            }
        });
    }

    /** The format of a download: the parameter {@code format}. */
    TableFormat format() {
        List<String> formats =
                Stream.of(TableFormat.values()).map(TableFormat::suffix).toList();
        return oneOf("format", formats)
                .map(format -> TableFormat.valueOf(format.toUpperCase(Locale.ROOT)))
                .orElse(TableFormat.CSV);
    }

    /** How many entries a page has at most: the parameter {@code limit}. */
    int limit() {
        String allowed = "a number from 1 to " + MAX_LIMIT;
        return value("limit")
                .map(demand("limit", allowed, text -> text.matches("[0-9]{1,3}")))
                .map(Integer::valueOf)
                .map(limit -> {
                    if (limit < 1 || limit > MAX_LIMIT) {
                        throw new BadParameter("limit", limit.toString(), allowed);
                    }
                    return limit;
                })
                .orElse(DEFAULT_LIMIT);
    }

    /** Where the page before ended: the parameter {@code cursor}, as {@link #cursor(long)} made it. */
    OptionalLong cursor() {
        return cursor(POSITION)
                .map(end -> OptionalLong.of(Long.parseLong(end.group())))
                .orElse(OptionalLong.empty());
    }

    /** As above, as {@link #cursor(Change)} made it. */
    Optional<Change> change() {
        return cursor(CHANGE).map(end -> {
            Optional<Instant> at = Optional.ofNullable(end.group(1))
                    .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds), Long.parseLong(end.group(2))));
            return new Change(at, Long.parseLong(end.group(3)));
        });
    }

    /** As above, as {@link #cursor(String)} made it of a text of this form. */
    Optional<Matcher> cursor(Pattern form) {
        return value("cursor").map(cursor -> decode(cursor, form));
    }

    /** A page's end, to be sent back as it is. */
    static String cursor(long end) {
        return cursor(Long.toString(end));
    }

    /** A page's end, to be sent back as it is. */
    static String cursor(Change end) {
        String at = end.at()
                .map(time -> time.getEpochSecond() + "." + time.getNano())
                .orElse("");
        return cursor(at + "@" + end.position());
    }

    /** A page's end, to be sent back as it is. */
    static String cursor(String end) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(end.getBytes(US_ASCII));
    }

    private static Matcher decode(String cursor, Pattern form) {
        BadParameter broken = new BadParameter("cursor", cursor, "the value of next from the previous page");
        try {
            Matcher end = form.matcher(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
            if (!end.matches()) {
                throw broken;
            }
            return end;
        } catch (IllegalArgumentException notBase64) {
            throw broken;
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(parameters.getFirst(name)).filter(value -> !value.isEmpty());
    }

    private static UnaryOperator<String> demand(String name, String allowed, Predicate<String> condition) {
        return value -> {
            if (!condition.test(value)) {
                throw new BadParameter(name, value, allowed);
            }
            return value;
        };
    }
}
