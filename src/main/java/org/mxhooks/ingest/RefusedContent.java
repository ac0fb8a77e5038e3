package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mxhooks.signature.Schemes;
import org.mxhooks.web.SentHeaders;
import org.mxhooks.web.UntrustedText;

/**
 * What is kept of a refused request: little, since a stranger may have sent it.
 *
 * @param why the cause
 * @param size of the body in bytes, or negative
 * @param headers a line each
 * @param body its beginning
 */
record RefusedContent(String why, long size, String headers, byte[] body) {

    /** How much of a stranger's body is kept. */
    static final int MAX_BODY = 1024;

    static final byte[] NOT_READ = {};

    private static final int MAX_HEADERS = 40;
    private static final int MAX_LINES = 4000;
    private static final int MAX_NAME = 60;
    private static final int MAX_VALUE = 120;

    /** A signature is not kept whole: with the body it would be a request to repeat. */
    private static final int MAX_SIGNATURE = 12;

    private static final Set<String> SIGNATURES = Schemes.names().stream()
            .map(name -> Schemes.of(name).signatureHeader())
            .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));

    static RefusedContent of(String why, long size, Map<String, List<String>> headers, byte[] body) {
        String lines = headers.entrySet().stream()
                .limit(MAX_HEADERS)
                .map(header -> line(SentHeaders.sentName(header.getKey()), header.getValue()))
                .collect(Collectors.joining("\n"));
        return new RefusedContent(
                why,
                size,
                lines.substring(0, Math.min(MAX_LINES, lines.length())),
                Arrays.copyOf(body, Math.min(MAX_BODY, body.length)));
    }

    private static String line(String name, List<String> values) {
        int most = SIGNATURES.contains(name) ? MAX_SIGNATURE : MAX_VALUE;
        String value = KeptHeaders.isKept(name) ? UntrustedText.cut(String.join(", ", values), most) : KeptHeaders.MASK;
        return UntrustedText.cut(name, MAX_NAME) + ": " + value;
    }

    /** A body as it is shown: what is not printable ASCII is escaped. */
    static String shown(byte[] body) {
        return UntrustedText.cut(new String(body, UTF_8), MAX_BODY);
    }
}
