package org.mxhooks.web;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** A response that discards its remaining content after the client has disconnected; writing to it never fails. */
final class AbandonableResponse extends HttpServletResponseWrapper {

    private static final System.Logger LOG = System.getLogger(AbandonableResponse.class.getName());

    private final HttpServletRequest request;
    private ServletOutputStream out;

    AbandonableResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (out == null) {
            out = new AbandonableStream(request, super.getOutputStream());
        }
        return out;
    }

    /**
     * Writes the answer itself: a server that dispatches to an error page logs a stack trace if the client has gone.
     */
    @Override
    public void sendError(int status) throws IOException {
        if (!isCommitted()) {
            resetBuffer();
            ErrorAnswer.write(request, this, request.getRequestURI(), status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    @Override
    public void flushBuffer() {
        try {
            super.flushBuffer();
        } catch (IOException e) {
            logAbandoned(e);
        }
    }

    private static void logAbandoned(IOException cause) {
        LOG.log(DEBUG, "Client disconnected before the response was written: {0}", cause.toString());
    }

    private static final class AbandonableStream extends ServletOutputStream {

        private final HttpServletRequest request;
        private final ServletOutputStream out;
        private boolean abandoned;

        private interface Writing {
            void run() throws IOException;
        }

        AbandonableStream(HttpServletRequest request, ServletOutputStream out) {
            this.request = request;
            this.out = out;
        }

        @Override
        public void write(int octet) {
            unlessAbandoned(() -> out.write(octet));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            unlessAbandoned(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() {
            unlessAbandoned(out::flush);
        }

        @Override
        public void close() {
            unlessAbandoned(out::close);
        }

        private void unlessAbandoned(Writing writing) {
            if (abandoned) {
                return;
            }
            try {
                writing.run();
            } catch (IOException e) {
                abandoned = true;
                ClientPresence.end(request);
                logAbandoned(e);
            }
        }

        @Override
        public boolean isReady() {
            return abandoned || out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
