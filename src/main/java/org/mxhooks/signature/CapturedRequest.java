package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP request as it went over the wire (RFC 9112), or as {@code curl -v} and other tools print it. Lines may end
 * with LF alone.
 *
 * @param head its headers
 * @param body without the framing of chunks
 * @param dechunked whether the headers declare chunks but the captured body has none
 */
public record CapturedRequest(CapturedHead head, byte[] body, boolean dechunked) {

    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,7})[ \\t]*(?:;[^\\r\\n]*)?\\r?\\n");
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

    /** A text that is no captured request; the message says why. */
    public static final class UnusableCapture extends Exception {

        private static final long serialVersionUID = 1;

        /** @param message what is wrong and what to do */
        public UnusableCapture(String message) {
            super(message);
        }
    }

    /** @throws UnusableCapture if it does not begin with headers, or its body is incomplete */
    public static CapturedRequest parse(byte[] bytes) throws UnusableCapture {
        CapturedHead head = CapturedHead.parse(new String(bytes, ISO_8859_1))
                .orElseThrow(
                        () -> new UnusableCapture(
                                "this is not a captured request, which begins with headers (Name: value), one on each line, followed by an empty line and the body."));
        byte[] rest = Arrays.copyOfRange(bytes, head.end(), bytes.length);
        boolean chunked = head.header("Transfer-Encoding")
                .filter(coding -> coding.toLowerCase(Locale.ROOT).endsWith("chunked"))
                .isPresent();
        boolean framed = chunked && CHUNK.matcher(new String(rest, ISO_8859_1)).lookingAt();
        CapturedRequest request =
                new CapturedRequest(head, framed ? withoutChunks(rest) : rest, chunked && !framed && rest.length > 0);
        request.refuseMissingBody();
        return request;
    }

    /** The value of a header. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** A message if the declared length is not that of the body. */
    Optional<String> lengthDisagreement() {
        return declaredLength()
                .filter(length -> length != body.length)
                .map(length ->
                        "Content-Length is %s, but the body has %s bytes: it was rewritten, truncated, or not captured as bytes."
                                .formatted(length, body.length));
    }

    /** The body up to its declared length, if it is longer. */
    Optional<byte[]> upToDeclaredLength() {
        return declaredLength().filter(length -> length < body.length).map(length -> Arrays.copyOf(body, length));
    }

    /**
     * Whether the capture must have added what follows the declared length: a line end, or what curl says at the end.
     */
    boolean hasSurplusFromCapture() {
        return upToDeclaredLength()
                .map(declared -> new String(body, declared.length, body.length - declared.length, ISO_8859_1))
                .filter(surplus -> head.ofCurl() || LINE_END.matcher(surplus).matches())
                .isPresent();
    }

    /** The body without its trailing line end, if no header declares its length. */
    Optional<byte[]> withoutLineEnd() {
        String text = new String(body, ISO_8859_1);
        return declaredLength().isPresent() || !text.endsWith("\n")
                ? Optional.empty()
                : Optional.of(text.replaceFirst("\\r?\\n\\z", "").getBytes(ISO_8859_1));
    }

    private Optional<Integer> declaredLength() {
        return header("Content-Length")
                .filter(length -> length.matches("[0-9]{1,9}"))
                .map(Integer::valueOf);
    }

    private void refuseMissingBody() throws UnusableCapture {
        if (head.ofCurl()
                && declaredLength().filter(length -> length > body.length).isPresent()) {
            throw new UnusableCapture(
                    "the body is missing or truncated: curl -v prints only its length. Append the body.");
        }
    }

    private static byte[] withoutChunks(byte[] body) throws UnusableCapture {
        String framed = new String(body, ISO_8859_1);
        StringBuilder plain = new StringBuilder();
        Matcher chunk = CHUNK.matcher(framed);
        int at = 0;
        while (chunk.region(at, framed.length()).lookingAt()) {
            int length = Integer.parseInt(chunk.group(1), 16);
            if (length == 0) {
                return plain.toString().getBytes(ISO_8859_1);
            }
            int end = chunk.end() + length;
            Matcher lineEnd = LINE_END.matcher(framed);
            if (end > framed.length() || !lineEnd.region(end, framed.length()).lookingAt()) {
                break;
            }
            plain.append(framed, chunk.end(), end);
            at = lineEnd.end();
        }
        throw new UnusableCapture("the chunks of this request are truncated or were changed. Capture it again.");
    }
}
