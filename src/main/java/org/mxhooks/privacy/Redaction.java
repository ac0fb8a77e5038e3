package org.mxhooks.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Replaces a person in texts by {@link ErasedPerson#PLACEHOLDER}: each of the identifiers wherever it stands, and where
 * an object of JSON, or some columns of a row, describe the person, the other values that describe the person there.
 * Every other character of a text stays as it is. Notes these other values, by which the person may be named elsewhere.
 * Idempotent. Not safe for use by more than one thread.
 */
final class Redaction {

    private static final int MAX_NOTED = 20;
    private static final Pattern JSON = Pattern.compile("\\s*[{\\[]");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");

    /** The members that describe a person where one of the first describes somebody: a project has a name, too. */
    private static final Set<String> OF_SENDER =
            Set.of("name", "fullname", "emailaddress", "email", "openid", "avatar");

    private static final Set<String> SENDERS_OWN = Set.of("fullname", "emailaddress", "email", "openid");
    private static final Set<String> OF_AUTHOR = Set.of("authorname", "authoremail");

    private final ErasedPerson person;
    private final Pattern identifiers;
    private final Pattern identifiersInBytes;
    private final Map<String, String> noted = new LinkedHashMap<>();

    /** @param alsoFound what was noted before */
    Redaction(ErasedPerson person, List<String> alsoFound) {
        this.person = person;
        alsoFound.forEach(value -> noted.put(ErasedPerson.normalise(value), value));
        identifiers = person.in(UTF_8);
        identifiersInBytes = person.in(ISO_8859_1);
    }

    /** Other values that describe the person, as they were first met; at most 20. */
    List<String> alsoFound() {
        return List.copyOf(noted.values());
    }

    /** The text without the person; empty where it does not name the person. */
    Optional<String> of(String text) {
        return of(text, identifiers);
    }

    /** As {@link #of(String)}, of bytes in UTF-8, or any. */
    Optional<byte[]> of(byte[] bytes) {
        Optional<String> text = inUtf8(bytes);
        Charset charset = text.isPresent() ? UTF_8 : ISO_8859_1;
        return of(
                        text.orElseGet(() -> new String(bytes, ISO_8859_1)),
                        text.isPresent() ? identifiers : identifiersInBytes)
                .map(changed -> changed.getBytes(charset));
    }

    /** Whether a value is one of the identifiers. */
    boolean isPerson(String value) {
        return person.is(value);
    }

    /** The placeholder for a value that describes the person. */
    Optional<String> whole(String value) {
        note(value);
        return value.isEmpty() || value.equals(ErasedPerson.PLACEHOLDER)
                ? Optional.empty()
                : Optional.of(ErasedPerson.PLACEHOLDER);
    }

    private void note(String value) {
        String normalised = ErasedPerson.normalise(value);
        if (noted.size() < MAX_NOTED
                && normalised.length() >= 3
                && value.length() <= ErasedPerson.MAX_LENGTH
                && !value.equals(ErasedPerson.PLACEHOLDER)
                && !person.is(value)) {
            noted.putIfAbsent(normalised, value);
        }
    }

    private Optional<String> of(String text, Pattern pattern) {
        if (text.indexOf('\\') < 0 && !pattern.matcher(text).find()) {
            return Optional.empty();
        }
        UnaryOperator<String> erase = value -> pattern.matcher(value).replaceAll(ErasedPerson.PLACEHOLDER);
        String changed = inStrings(text, erase);
        if (!JSON.matcher(text).lookingAt()) {
            changed = erase.apply(changed); // what stands across quotation marks
        }
        return changed.equals(text) ? Optional.empty() : Optional.of(changed);
    }

    private String inStrings(String text, UnaryOperator<String> erase) {
        List<JsonStrings.QuotedString> strings = JsonStrings.in(text);
        Set<Integer> senders = describing(strings, OF_SENDER, SENDERS_OWN);
        Set<Integer> authors = describing(strings, OF_AUTHOR, OF_AUTHOR);
        StringBuilder changed = new StringBuilder(text.length());
        int copied = 0;
        for (JsonStrings.QuotedString string : strings) {
            boolean describes = describes(string, senders, OF_SENDER) || describes(string, authors, OF_AUTHOR);
            if (describes) {
                note(string.value());
            }
            String value = value(string, describes, erase);
            changed.append(erase.apply(text.substring(copied, string.begin())))
                    .append(
                            value.equals(string.value())
                                    ? text.substring(string.begin(), string.end())
                                    : string.with(value));
            copied = string.end();
        }
        return changed.append(erase.apply(text.substring(copied))).toString();
    }

    /** A name that is a word may be one by which the body is understood: it stays. */
    private static String value(JsonStrings.QuotedString string, boolean describes, UnaryOperator<String> erase) {
        if (string.isName() && WORD.matcher(string.value()).matches()) {
            return string.value();
        }
        return describes && !string.value().isEmpty() ? ErasedPerson.PLACEHOLDER : erase.apply(string.value());
    }

    private static boolean describes(JsonStrings.QuotedString string, Set<Integer> objects, Set<String> members) {
        return objects.contains(string.object())
                && string.name().filter(members::contains).isPresent();
    }

    /** The objects that describe the person: a member is an identifier, and one is of persons only. */
    private Set<Integer> describing(List<JsonStrings.QuotedString> strings, Set<String> members, Set<String> own) {
        Set<Integer> named = new HashSet<>();
        Set<Integer> persons = new HashSet<>();
        for (JsonStrings.QuotedString string : strings) {
            if (string.object() > 0 && string.name().filter(members::contains).isPresent()) {
                if (person.is(string.value())) {
                    named.add(string.object());
                }
                if (own.contains(string.name().get())) {
                    persons.add(string.object());
                }
            }
        }
        named.retainAll(persons);
        return named;
    }

    /** Empty also for UTF-16 without a mark, which is valid UTF-8. */
    private static Optional<String> inUtf8(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
