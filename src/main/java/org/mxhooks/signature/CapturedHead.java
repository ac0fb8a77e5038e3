package org.mxhooks.signature;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The headers of a captured request.
 *
 * @param headers one each, unfolded
 * @param end where the body begins
 * @param ofCurl whether {@code curl -v} printed it
 */
public record CapturedHead(List<String> headers, int end, boolean ofCurl) {

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"; // its three bytes
    private static final Pattern LINE = Pattern.compile("([^\\n]*)\\n");
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/[0-9.]+");
    private static final Pattern HEADER = Pattern.compile("[!-9;-~]+:.*");
    private static final Pattern PSEUDO_HEADER = Pattern.compile(":[a-z]+:.*"); // HTTP/2
    private static final Pattern CURL_REQUEST_LINE = Pattern.compile("(?m)^> [A-Z]+ \\S+ HTTP/[0-9.]+\\r?$");

    /** Lines of curl that are not part of the request: information, lengths, the response, and progress. */
    private static final Pattern CURL_INFORMATION =
            Pattern.compile("\\*.*|[{}] \\[[0-9]+ bytes data\\]|<.*|\\s*%.*|\\s*Dload .*|[\\s0-9.:kMGT-]*");

    /** Parses a text that begins with headers; empty if it does not. The text has one character for each byte. */
    public static Optional<CapturedHead> parse(String text) {
        int start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        boolean curl = CURL_REQUEST_LINE.matcher(text).find();
        return (curl ? ofCurl(text, start) : plain(text, start))
                .filter(head -> !head.headers.isEmpty()
                        && head.headers.stream()
                                .allMatch(line -> HEADER.matcher(line).matches()));
    }

    /** The value of a header; repeated headers are joined as in RFC 9110 section 5.3. */
    public Optional<String> header(String name) {
        String start = name + ":";
        return Optional.of(headers.stream()
                        .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                        .map(line -> line.substring(start.length()).strip())
                        .toList())
                .filter(values -> !values.isEmpty())
                .map(values -> values.stream().collect(joining(", ")));
    }

    private static Optional<CapturedHead> plain(String text, int start) {
        List<String> lines = new ArrayList<>();
        Matcher line = LINE.matcher(text).region(start, text.length());
        while (line.lookingAt()) {
            String content = content(line);
            line.region(line.end(), text.length());
            if (!content.isEmpty()) {
                lines.add(content);
            } else if (!lines.isEmpty()) {
                return Optional.of(new CapturedHead(headers(lines), line.regionStart(), false));
            }
        }
        return Optional.empty();
    }

    private static Optional<CapturedHead> ofCurl(String text, int start) {
        List<String> lines = new ArrayList<>();
        Matcher line = LINE.matcher(text).region(start, text.length());
        boolean ended = false;
        while (line.lookingAt()) {
            String content = content(line);
            if (!ended && content.startsWith(">")) {
                String sent = content.replaceFirst("> ?", "");
                ended = sent.isEmpty();
                lines.add(sent);
            } else if (ended && !CURL_INFORMATION.matcher(content).matches()) {
                break;
            }
            line.region(line.end(), text.length());
        }
        lines.removeIf(String::isEmpty);
        return ended
                ? Optional.of(new CapturedHead(headers(lines), bodyAfter(text, line.regionStart()), true))
                : Optional.empty();
    }

    /** The last line may be without a line end, and be information of curl. */
    private static int bodyAfter(String text, int start) {
        return CURL_INFORMATION.matcher(text.substring(start)).matches() ? text.length() : start;
    }

    private static String content(Matcher line) {
        return line.group(1).endsWith("\r")
                ? line.group(1).substring(0, line.group(1).length() - 1)
                : line.group(1);
    }

    /** Without request line and pseudo-headers; folded lines (RFC 9112 section 5.2) are joined. */
    private static List<String> headers(List<String> lines) {
        List<StringBuilder> headers = new ArrayList<>();
        for (String line : lines) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (folded && !headers.isEmpty()) {
                headers.get(headers.size() - 1).append(' ').append(line.strip());
            } else if (!REQUEST_LINE.matcher(line).matches()
                    && !PSEUDO_HEADER.matcher(line).matches()) {
                headers.add(new StringBuilder(line));
            }
        }
        return headers.stream().map(StringBuilder::toString).toList();
    }
}
