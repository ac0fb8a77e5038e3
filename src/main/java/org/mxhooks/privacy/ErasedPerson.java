package org.mxhooks.privacy;

import static java.util.stream.Collectors.joining;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The person to be erased, by identifiers: names, email addresses, open ids, addresses of avatars. One matches whatever
 * its case is, however its blanks and accents are written, and only as a whole: "Ada Quist" neither in "Ada Quistorp"
 * nor "quist@example.com" in "ada.quist@example.com".
 *
 * @param identifiers normalised, in their order
 */
record ErasedPerson(List<String> identifiers) {

    /** What is put in the place of an identifier. */
    static final String PLACEHOLDER = "[erased]";

    static final int MAX_IDENTIFIERS = 20;
    static final int MAX_LENGTH = 256;
    private static final int MIN_LENGTH = 3;

    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private static final Pattern UUID_AT_END =
            Pattern.compile("[=/]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$", Pattern.CASE_INSENSITIVE);

    private static final String BLANKS = "[\\s\\p{Z}]+";

    /** Characters that would make an email address another one; the letter of an escape is none. */
    private static final String ADDRESS =
            "(?:(?<![\\p{L}\\p{N}_.%%+-])|(?<=\\\\[nrtbf]))(?:%s)(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])";

    /** As of addresses, of names; an accent makes a letter another one. */
    private static final String NAME = "(?:(?<![\\p{L}\\p{N}\\p{M}_])|(?<=\\\\[nrtbf]))(?:%s)(?![\\p{L}\\p{N}\\p{M}_])";

    /** @throws InvalidPerson if there are none, too many, or one is too short, too long, or one of our own words */
    static ErasedPerson of(List<String> identifiers) {
        Set<String> normalised = new LinkedHashSet<>();
        for (String identifier : identifiers) {
            String text = normalise(identifier);
            int length = text.codePointCount(0, text.length());
            if (!text.isEmpty()) {
                if (length < MIN_LENGTH || length > MAX_LENGTH) {
                    throw new InvalidPerson(
                            "Each of the identifiers must have between %s and %s characters; one has %s."
                                    .formatted(MIN_LENGTH, MAX_LENGTH, length));
                }
                if (text.chars().anyMatch(Character::isISOControl)) {
                    throw new InvalidPerson("identifiers must not contain control characters; remove them.");
                }
                if (text.chars().noneMatch(Character::isLetter) || LITERALS.contains(text)) {
                    throw new InvalidPerson(
                            "Each of the identifiers must contain a letter, and be none of true, false and null, which are values of many other fields.");
                }
                normalised.add(text);
            }
        }
        if (normalised.isEmpty() || normalised.size() > MAX_IDENTIFIERS) {
            throw new InvalidPerson(
                    "identifiers must have between 1 and %s values (a name, an email address, an open id, an avatar), had %s."
                            .formatted(MAX_IDENTIFIERS, normalised.size()));
        }
        ErasedPerson person = new ErasedPerson(List.copyOf(normalised));
        if (person.in(StandardCharsets.UTF_8).matcher(PLACEHOLDER).find()) {
            throw new InvalidPerson("\"erased\" cannot be one of identifiers: it is what is put in their place.");
        }
        return person;
    }

    static String normalise(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll(BLANKS, " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    boolean is(String text) {
        return identifiers.contains(normalise(text));
    }

    /** What finds the identifiers in a text that was decoded by a charset; also as other charsets would have it. */
    Pattern in(Charset charset) {
        return Pattern.compile(
                Stream.of(any(charset, true, ADDRESS), any(charset, false, NAME))
                        .flatMap(Optional::stream)
                        .collect(joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Those that are email addresses, or the others: what is before and after them is looked at once for all. */
    private Optional<String> any(Charset charset, boolean address, String whole) {
        String forms = identifiers.stream()
                .filter(identifier -> identifier.indexOf('@') > 0 == address)
                .flatMap(ErasedPerson::withId)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .flatMap(identifier -> forms(identifier, charset))
                .map(ErasedPerson::withAnyBlanks)
                .collect(joining("|"));
        return forms.isEmpty() ? Optional.empty() : Optional.of(whole.formatted(forms));
    }

    /** An open id is an address with a UUID at its end; pushes and packages have the UUID alone. */
    private static Stream<String> withId(String identifier) {
        Matcher id = UUID_AT_END.matcher(identifier);
        return id.find() ? Stream.of(identifier, id.group(1)) : Stream.of(identifier);
    }

    private static Stream<String> forms(String identifier, Charset charset) {
        Stream<String> written = Stream.of(
                        identifier,
                        Normalizer.normalize(identifier, Normalizer.Form.NFD),
                        ofDottedCapital(identifier),
                        ofCapitals(identifier),
                        identifier.replace("@", "%40"))
                .distinct();
        return charset.equals(StandardCharsets.UTF_8)
                ? written
                : written.flatMap(form -> Stream.of(
                                StandardCharsets.ISO_8859_1,
                                StandardCharsets.UTF_8,
                                StandardCharsets.UTF_16LE,
                                StandardCharsets.UTF_16BE)
                        .map(other -> new String(form.getBytes(other), charset)));
    }

    /** The one letter whose small form has two characters. */
    private static String ofDottedCapital(String identifier) {
        return identifier.replace("i\u0307", "\u0130");
    }

    /** Where a letter has a capital of several, as the sharp s. */
    private static String ofCapitals(String identifier) {
        String capitals = identifier.toUpperCase(Locale.ROOT);
        return capitals.length() > identifier.length() ? capitals : identifier;
    }

    private static String withAnyBlanks(String form) {
        return Stream.of(form.split(" ", -1)).map(Pattern::quote).collect(joining(BLANKS));
    }
}
