package org.mxhooks.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

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
            return SentHeaders.isHidden(name)
                    ? Collections.emptyEnumeration()
                    : super.getHeaders(SentHeaders.sentName(name));
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .map(SentHeaders::passedName)
                    .toList());
        }
    }
}
