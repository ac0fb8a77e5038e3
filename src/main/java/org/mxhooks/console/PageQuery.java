package org.mxhooks.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The parameters of a view. What cannot be understood is left out, and named for the page to say so. */
final class PageQuery {

    private final HttpServletRequest request;
    private final List<String> problems = new ArrayList<>();

    PageQuery(HttpServletRequest request) {
        this.request = request;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(request.getParameter(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** A moment as {@code 2026-03-01T12:00Z}, or without a zone in UTC. */
    Optional<Instant> instant(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(
                        text.endsWith("Z")
                                ? Instant.parse(text)
                                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                problems.add(ConsoleText.text("problem.instant", name, text));
                return Optional.empty();
            }
        });
    }

    <T extends Enum<T>> Optional<T> oneOf(String name, Class<T> type) {
        Optional<String> text = text(name);
        Optional<T> found = text.flatMap(wanted -> List.of(type.getEnumConstants()).stream()
                .filter(each -> PageQuery.word(each).equals(wanted))
                .findFirst());
        if (text.isPresent() && found.isEmpty()) {
            problems.add(ConsoleText.text("problem.choice", name, text.get()));
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

    List<String> problems() {
        return problems;
    }

    /** A constant as it stands in an address. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
