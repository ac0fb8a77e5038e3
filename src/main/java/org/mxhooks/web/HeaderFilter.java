package org.mxhooks.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
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
 * Hides headers that JAX-RS runtimes parse themselves: a malformed one causes a 400 and a stack trace in the log, and a
 * form's {@code Content-Type} makes them consume the body. mxhooks does not depend on these headers; they are forwarded
 * under other names, so that they are stored with the delivery. Rejects a path that is not UTF-8 with 400, because the
 * runtimes fail on it as well.
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

        private ServletInputStream body;

        PlainRequest(HttpServletRequest request) {
            super(request);
        }

        /**
         * Of a request that offers an upgrade, Payara's stream has no end by itself, so that a blocking reader waits;
         * deliveries are read without blocking. It is one stream, though Jersey may ask for it before each read.
         */
        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                ServletInputStream input = super.getInputStream();
                body = offersUpgrade() ? new DeclaredInput(input, getContentLengthLong()) : input;
            }
            return body;
        }

        private boolean offersUpgrade() {
            return super.getHeader("Upgrade") != null
                    && getContentLengthLong() >= 0
                    && !getServletPath().startsWith("/hooks");
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
