package org.mxhooks.relay;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.mxhooks.mendix.StorableText;
import org.mxhooks.relay.Targets.ForbiddenAddress;
import org.mxhooks.relay.Targets.ForbiddenTarget;

/** What is kept of the end of a call: in words, without control characters that the other end may have sent. */
final class CallTexts {

    private static final int MAX_FAILURE = 500;

    private CallTexts() {}

    /** Shows what is invisible as its code point. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            boolean shown = point == '\n' || point == '\t' || point >= ' ' && !isInvisible(point);
            if (shown) {
                escaped.appendCodePoint(point);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", point));
            }
        });
        return escaped.toString();
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** What an exception says may be what the other end sent. */
    static String describe(Throwable e) {
        // A failed connection says all in its message, for example "… failed: Connection refused".
        String cause = e instanceof ConnectException && e.getMessage() != null ? e.getMessage() : e.toString();
        return "no answer: " + StorableText.clean(escaped(cause), MAX_FAILURE);
    }

    /** Few different ones, without what the other end may have sent. */
    static String reason(Throwable e) {
        if (e instanceof ForbiddenTarget || e instanceof ForbiddenAddress) {
            return "address not allowed";
        }
        if (e instanceof UnknownHostException) {
            return "host unknown";
        }
        if (e instanceof ConnectException) {
            return String.valueOf(e.getMessage()).contains("refused") ? "connection refused" : "connection failed";
        }
        if (e instanceof SSLException) {
            return "TLS failure";
        }
        return isLost(e) ? "connection lost" : "no answer";
    }

    static boolean isLost(Throwable e) {
        return e instanceof SocketException && !(e instanceof ConnectException)
                || e instanceof ConnectionClosedException;
    }
}
