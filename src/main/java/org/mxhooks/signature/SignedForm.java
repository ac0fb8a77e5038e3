package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A form that a body may have been signed in, if something on its way rewrote it without changing what it says: other
 * white space, line ends, escapes or byte order mark.
 *
 * @param text in which the two differ, to stand after "it was signed": {@code as compact JSON, without a line end at
 *     its end}
 * @param body the bytes of that form
 */
record SignedForm(String text, byte[] body) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|.)", Pattern.DOTALL);
    private static final int FIRST_BEYOND_ASCII = 0x80;

    /** How a text differs from the one received, and the text. */
    private record Variant(List<String> differences, String content) {

        Variant with(String difference, String content) {
            return new Variant(
                    difference.isEmpty()
                            ? differences
                            : Stream.concat(differences.stream(), Stream.of(difference))
                                    .toList(),
                    content);
        }

        SignedForm form() {
            return new SignedForm(differences.stream().collect(joining(", ")), content.getBytes(UTF_8));
        }
    }

    /**
     * All forms but the one received, the likeliest first, each made when it is asked for; none of what is not UTF-8.
     */
    static Stream<SignedForm> of(byte[] received) {
        return decoded(received).stream().flatMap(SignedForm::variants);
    }

    private static Stream<SignedForm> variants(String received) {
        boolean marked = received.startsWith(BYTE_ORDER_MARK);
        String bare = marked ? received.substring(1) : received;
        String end = trailingWhiteSpace(bare);
        return Stream.of(new Variant(List.of(), bare.substring(0, bare.length() - end.length())))
                .flatMap(SignedForm::escaped)
                .flatMap(SignedForm::laidOut)
                .flatMap(variant -> ended(variant, end))
                .flatMap(variant -> marked(variant, marked))
                .filter(variant -> !variant.content().equals(received))
                .map(Variant::form);
    }

    private static Stream<Variant> escaped(Variant variant) {
        String content = variant.content();
        Stream<Variant> rewritten = Stream.of(
                        variant.with("with non-ASCII characters escaped", escape(content)),
                        variant.with("with fewer characters escaped", unescape(content)))
                .filter(other -> !other.content().equals(content));
        return Stream.concat(Stream.of(variant), rewritten);
    }

    private static Stream<Variant> laidOut(Variant variant) {
        String content = variant.content();
        String feeds = content.replace("\r\n", "\n");
        Stream<Variant> lines = Stream.of(
                        variant.with("with LF line ends", feeds),
                        variant.with("with CRLF line ends", feeds.replace("\n", "\r\n")))
                .filter(other -> !other.content().equals(content));
        Stream<Variant> layouts = JsonLayout.all()
                .flatMap(layout -> layout.of(content).stream().map(other -> variant.with(layout.text(), other)));
        return Stream.of(Stream.of(variant), lines, layouts).flatMap(variants -> variants);
    }

    private static Stream<Variant> ended(Variant variant, String received) {
        return Stream.of("", "\n", "\r\n")
                .map(end -> variant.with(end.equals(received) ? "" : difference(end), variant.content() + end));
    }

    private static String difference(String end) {
        return switch (end) {
            case "" -> "without its final line break";
            case "\n" -> "with a line end (LF) at its end";
            default -> "with a line end (CRLF) at its end";
        };
    }

    private static Stream<Variant> marked(Variant variant, boolean received) {
        String marked = BYTE_ORDER_MARK + variant.content();
        return received
                ? Stream.of(variant.with("without its byte order mark", variant.content()), variant.with("", marked))
                : Stream.of(variant, variant.with("with a byte order mark", marked));
    }

    private static String escape(String content) {
        StringBuilder escaped = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char character = content.charAt(i);
            if (character < FIRST_BEYOND_ASCII) {
                escaped.append(character);
            } else {
                escaped.append("\\u").append(HexFormat.of().toHexDigits(character));
            }
        }
        return escaped.toString();
    }

    private static String unescape(String content) {
        return ESCAPE.matcher(content).replaceAll(found -> Matcher.quoteReplacement(unescape(found)));
    }

    private static String unescape(MatchResult escape) {
        if (escape.group(1) == null) {
            return escape.group().equals("\\/") ? "/" : escape.group();
        }
        char character = (char) Integer.parseInt(escape.group(1), 16);
        return character < FIRST_BEYOND_ASCII ? escape.group() : String.valueOf(character);
    }

    private static String trailingWhiteSpace(String text) {
        int end = text.length();
        while (end > 0 && JsonLayout.isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(end);
    }

    private static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
