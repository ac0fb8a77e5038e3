package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 request as it went over the wire (RFC 9112): perhaps a request line, headers, an empty line, and the bytes of the body.
 * Lines may end with LF alone, as tools write them.
 *
 * @param headers one line each
 * @param body without the framing of chunks
 */
record CapturedRequest(List<String> headers, byte[] body) {

    private static final Pattern END_OF_HEAD = Pattern.compile("\\n\\r?\\n");
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/[0-9.]+");
    private static final Pattern HEADER = Pattern.compile("[!-9;-~]+:.*");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,7})[^\\r\\n]*\\r\\n");

    static CapturedRequest parse(byte[] bytes) throws Failure {
        Matcher end = END_OF_HEAD.matcher(new String(bytes, ISO_8859_1));
        List<String> headers = end.find() ? headers(new String(bytes, 0, end.start(), ISO_8859_1)) : List.of();
        if (headers.isEmpty()
                || !headers.stream().allMatch(line -> HEADER.matcher(line).matches())) {
            throw Failure.unusable(
                    "this is no captured request: it begins with headers (Name: value), each on a line, then an empty line and the"
                            + " body. For a body alone pass --signature.",
                    null);
        }
        CapturedRequest plain = new CapturedRequest(headers, Arrays.copyOfRange(bytes, end.end(), bytes.length));
        return plain.header("Transfer-Encoding")
                        .filter("chunked"::equalsIgnoreCase)
                        .isPresent()
                ? new CapturedRequest(plain.headers, plain.withoutChunks())
                : plain;
    }

    private static List<String> headers(String head) {
        return head.lines()
                .dropWhile(line -> REQUEST_LINE.matcher(line).matches())
                .toList();
    }

    /** A header's value, as a server reads one that comes more than once (RFC 9110 section 5.3). */
    Optional<String> header(String name) {
        String start = name + ":";
        return Optional.of(headers.stream()
                        .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                        .map(line -> line.substring(start.length()).strip())
                        .toList())
                .filter(values -> !values.isEmpty())
                .map(values -> values.stream().collect(joining(", ")));
    }

    /** In words, where the header says another length than the body has. */
    Optional<String> lengthDisagreement() {
        return header("Content-Length")
                .filter(length -> !length.equals(String.valueOf(body.length)))
                .map(length ->
                        "Content-Length says %s, but the body has %s bytes: it was rewritten, cut, or not captured as bytes."
                                .formatted(Printable.line(length), body.length));
    }

    /** The body's beginning, where the header says that it is shorter. */
    Optional<byte[]> upToDeclaredLength() {
        return header("Content-Length")
                .filter(length -> length.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(length -> length < body.length)
                .map(length -> Arrays.copyOf(body, length));
    }

    private byte[] withoutChunks() throws Failure {
        String framed = new String(body, ISO_8859_1);
        StringBuilder plain = new StringBuilder();
        Matcher chunk = CHUNK.matcher(framed);
        int at = 0;
        while (chunk.region(at, framed.length()).lookingAt()) {
            int length = Integer.parseInt(chunk.group(1), 16);
            if (length == 0) {
                return plain.toString().getBytes(ISO_8859_1);
            }
            at = chunk.end() + length + 2;
            if (at > framed.length()) {
                break;
            }
            plain.append(framed, chunk.end(), at - 2);
        }
        throw Failure.unusable("the chunks of this request are cut short or were changed: capture it again.", null);
    }
}
