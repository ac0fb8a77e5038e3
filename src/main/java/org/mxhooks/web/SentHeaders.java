package org.mxhooks.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The headers of a request as they were sent, some of which {@link HeaderFilter} passes on under other names. Names are
 * compared without regard to case (RFC 9110 section 5.1) in every language of the server: Jersey does not find
 * {@code mxapi-signature} as {@code MxAPI-Signature} in Turkish.
 */
public final class SentHeaders {

    private static final String PREFIX = "Mxhooks-Sent-";
    private static final Set<String> HIDDEN = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "content-encoding",
            "content-language",
            "content-type",
            "cookie");

    private SentHeaders() {}

    /** A header's value, its lines joined, if there is one, be it hidden or not. */
    public static Optional<String> value(Map<String, List<String>> headers, String name) {
        Optional<List<String>> hidden = isHidden(name) ? values(headers, PREFIX + name) : Optional.empty();
        return hidden.or(() -> values(headers, name)).map(sent -> String.join(",", sent));
    }

    /** A header's values, if it is not a hidden one. */
    public static Optional<List<String>> values(Map<String, List<String>> headers, String name) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return Optional.of(header.getValue());
            }
        }
        return Optional.empty();
    }

    /** The name under which a header was sent. */
    public static String sentName(String header) {
        boolean renamed = header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
        String name = renamed ? header.substring(PREFIX.length()) : header;
        return isHidden(name) ? name : header;
    }

    /** The name under which a header is passed on. */
    static String passedName(String header) {
        return isHidden(header) ? PREFIX + header : header;
    }

    /** Whether JAX-RS runtimes are not to find a header under its name. */
    static boolean isHidden(String header) {
        return HIDDEN.contains(header.toLowerCase(Locale.ROOT));
    }
}
