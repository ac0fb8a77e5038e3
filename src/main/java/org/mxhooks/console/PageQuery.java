package org.mxhooks.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mxhooks.mendix.AppId;
import org.mxhooks.mirror.Change;
import org.mxhooks.operations.Operations;

/** The parameters of a view. What cannot be understood is left out, and named for the page to say so. */
final class PageQuery {

    /** What every database keeps, as in the API. */
    private static final Instant MIN_INSTANT = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant MAX_INSTANT = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final int MAX_SHOWN = 60;
    private static final Pattern CHANGE = Pattern.compile("(\\d{4}-[0-9TZ:.-]{6,40})?_([0-9]{1,18})");

    private final HttpServletRequest request;
    private final Set<String> problems = new LinkedHashSet<>();

    PageQuery(HttpServletRequest request) {
        this.request = request;
    }

    /** Without control characters: PostgreSQL takes no NUL. */
    Optional<String> text(String name) {
        Optional<String> text = Optional.ofNullable(request.getParameter(name))
                .map(String::strip)
                .filter(sent -> !sent.isEmpty());
        if (text.filter(sent -> sent.chars().anyMatch(Character::isISOControl)).isPresent()) {
            problems.add(ConsoleText.text("problem.text", name));
            return Optional.empty();
        }
        return text;
    }

    /** What the user says about a change. */
    Optional<String> note() {
        Optional<String> note = text("note");
        if (note.filter(text -> text.length() > Operations.MAX_NOTE).isPresent()) {
            problems.add(ConsoleText.text("problem.long", "note", Operations.MAX_NOTE));
            return Optional.empty();
        }
        return note;
    }

    /** A moment as {@code 2026-03-01T12:00Z}, or without a zone in UTC. */
    Optional<Instant> instant(String name) {
        return text(name).flatMap(text -> {
            Optional<Instant> instant = parsed(text);
            if (instant.isEmpty()) {
                problems.add(ConsoleText.text("problem.instant", name, cut(text)));
            }
            return instant;
        });
    }

    /** Empty if it is none, or one that databases do not keep. */
    private static Optional<Instant> parsed(String text) {
        try {
            Instant instant = text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return Optional.of(instant).filter(at -> !at.isBefore(MIN_INSTANT) && !at.isAfter(MAX_INSTANT));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    <T extends Enum<T>> Optional<T> oneOf(String name, Class<T> type) {
        Optional<String> text = text(name);
        Optional<T> found = text.flatMap(wanted -> List.of(type.getEnumConstants()).stream()
                .filter(each -> PageQuery.word(each).equals(wanted))
                .findFirst());
        if (text.isPresent() && found.isEmpty()) {
            problems.add(ConsoleText.text("problem.choice", name, cut(text.get())));
        }
        return found;
    }

    /** Empty also where it is none. */
    Optional<UUID> uuid(String name) {
        return text(name).filter(text -> text.matches("[0-9a-fA-F-]{36}")).flatMap(text -> {
            try {
                return Optional.of(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    OptionalLong number(String name) {
        try {
            return text(name).map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            problems.add(ConsoleText.text("problem.number", name));
            return OptionalLong.empty();
        }
    }

    /** A text that the portal gave a resource, letter for letter; PostgreSQL takes no NUL. */
    Optional<String> label(String name) {
        return Optional.ofNullable(request.getParameter(name))
                .filter(sent -> !sent.isEmpty() && sent.indexOf('\0') < 0);
    }

    /** An app's id in the form that the mirror keeps. */
    Optional<String> app() {
        return text("app").map(text -> AppId.normalized(text).orElse(text));
    }

    /** Where the page before ended, as {@link #word(Change)} wrote it; empty also where it is none. */
    Optional<Change> change(String name) {
        return text(name).map(CHANGE::matcher).filter(Matcher::matches).flatMap(end -> {
            long position = Long.parseLong(end.group(2));
            return end.group(1) == null
                    ? Optional.of(new Change(Optional.empty(), position))
                    : parsed(end.group(1)).map(time -> new Change(Optional.of(time), position));
        });
    }

    /** A place in the order of changes as it stands in an address. */
    static String word(Change change) {
        return change.at().map(Instant::toString).orElse("") + "_" + change.position();
    }

    /** All parameters as they were sent. */
    String whole() {
        return Optional.ofNullable(request.getQueryString()).orElse("");
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private static String cut(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }

    /** A constant as it stands in an address. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
