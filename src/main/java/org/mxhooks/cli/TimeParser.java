package org.mxhooks.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses times as people type them; without an offset they are in UTC, like all printed times. */
record TimeParser(Instant now) {

    /** For the descriptions of options. */
    static final String FORMS =
            "an instant (2026-05-04T10:00:00Z), a date (2026-05-04: its beginning in UTC), an age (90s, 15m, 1h, 2d, 1w"
                    + " or PT1H), today, yesterday or now";

    /** The API too allows no time before 1970. */
    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59Z");

    private static final Pattern AGE = Pattern.compile("(?:\\d{1,9}[wdhms])+");
    private static final Pattern PART_OF_AGE = Pattern.compile("(\\d+)([wdhms])");

    /** Reads an option's value as the API takes it. */
    String read(String option, String text) throws CommandFailure {
        String typed = text.strip().toUpperCase(Locale.ROOT);
        return ways().map(way -> attempt(way, typed))
                .flatMap(Optional::stream)
                .filter(time -> !time.isBefore(Instant.EPOCH) && time.isBefore(MAX))
                .findFirst()
                .map(Instant::toString)
                .orElseThrow(() -> CommandFailure.unusable(
                        "%s must be %s%s.".formatted(option, FORMS, UserInput.shown(text)), null));
    }

    /** As above, where it is given. */
    Optional<String> read(String option, Optional<String> text) throws CommandFailure {
        Optional<String> typed = text.flatMap(Environment::set);
        return typed.isPresent() ? Optional.of(read(option, typed.get())) : typed;
    }

    /** Reads {@code --from} and {@code --to}, where they are given, into a query. */
    RequestParameters span(RequestParameters query, Optional<String> from, Optional<String> to) throws CommandFailure {
        Optional<String> start = read("--from", from);
        Optional<String> end = read("--to", to);
        if (start.isPresent() && end.isPresent() && !Instant.parse(start.get()).isBefore(Instant.parse(end.get()))) {
            throw CommandFailure.unusable(
                    "--to must be later than --from: --from is %s, --to is %s.".formatted(start.get(), end.get()),
                    null);
        }
        return query.and("from", start).and("to", end);
    }

    private Stream<Function<String, Instant>> ways() {
        return Stream.of(
                this::word,
                text -> OffsetDateTime.parse(text).toInstant(),
                text -> OffsetDateTime.parse(text.replaceFirst(" ", "T")).toInstant(),
                text -> LocalDateTime.parse(text.replaceFirst(" ", "T")).toInstant(ZoneOffset.UTC),
                text -> startOf(LocalDate.parse(text)),
                text -> before(Duration.parse(text)),
                text -> before(Period.parse(text)),
                this::age);
    }

    private static Optional<Instant> attempt(Function<String, Instant> way, String text) {
        try {
            return Optional.of(way.apply(text));
        } catch (DateTimeException | ArithmeticException notThisWay) {
            return Optional.empty();
        }
    }

    private Instant word(String text) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return switch (text) {
            case "NOW" -> now;
            case "TODAY" -> startOf(today);
            case "YESTERDAY" -> startOf(today.minusDays(1));
            default -> throw new DateTimeException("no word for a time");
        };
    }

    private Instant age(String text) {
        String units = text.toLowerCase(Locale.ROOT);
        if (!AGE.matcher(units).matches()) {
            throw new DateTimeException("no age");
        }
        List<Duration> parts = PART_OF_AGE
                .matcher(units)
                .results()
                .map(part -> unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))))
                .toList();
        return before(parts.stream().reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "w" -> Duration.ofDays(7);
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofSeconds(1);
        };
    }

    private Instant before(TemporalAmount age) {
        return now.atOffset(ZoneOffset.UTC).minus(age).toInstant();
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
