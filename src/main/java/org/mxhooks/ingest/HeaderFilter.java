package org.mxhooks.ingest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hides headers that the JAX-RS runtimes read by themselves: on a malformed one they answer 400 and log a stack trace,
 * and of a form they read the body before us. Nothing here depends on them; what was sent is passed on under other
 * names, to be kept with the rest. A path that is not UTF-8, on which they fail likewise, is refused here.
 */
@WebFilter(
        urlPatterns = {"/hooks/*", "/api/*", "/health/*", "/metrics/*"},
        asyncSupported = true)
public class HeaderFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final String SENT = "Mxhooks-Sent-";
    private static final Set<String> HIDDEN = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "content-encoding",
            "content-language",
            "content-type",
            "cookie");

    /** The name under which a header was sent. */
    static String sentName(String header) {
        boolean renamed = header.regionMatches(true, 0, SENT, 0, SENT.length());
        String name = renamed ? header.substring(SENT.length()) : header;
        return isHidden(name) ? name : header;
    }

    /**
     * A header's value, its lines joined, if there is one, be it hidden or not. Its name is compared without regard to
     * case (RFC 9110 section 5.1) in every language of the server: Jersey does not find {@code mxapi-signature} as
     * {@code MxAPI-Signature} in Turkish.
     */
    public static Optional<String> value(MultivaluedMap<String, String> headers, String name) {
        return values(headers, SENT + name).or(() -> values(headers, name)).map(sent -> String.join(",", sent));
    }

    /** A header's values as they were sent, if it is not a hidden one. */
    static Optional<List<String>> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (PercentEncoding.isUtf8(request.getRequestURI())) {
            chain.doFilter(new PlainRequest(request), response);
        } else {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private static final class PlainRequest extends HttpServletRequestWrapper {

        PlainRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContentType() {
            return MediaType.APPLICATION_OCTET_STREAM;
        }

        @Override
        public String getHeader(String name) {
            Enumeration<String> values = getHeaders(name);
            return values.hasMoreElements() ? values.nextElement() : null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                return Collections.enumeration(List.of(getContentType()));
            }
            return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(sentName(name));
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .map(name -> isHidden(name) ? SENT + name : name)
                    .toList());
        }
    }

    private static boolean isHidden(String name) {
        return HIDDEN.contains(name.toLowerCase(Locale.ROOT));
    }
}
