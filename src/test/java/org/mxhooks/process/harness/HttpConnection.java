package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * A connection over which one request after the other goes, cheaper than an HTTP client. It is kept open, and opened
 * again where the server ended it: some do after some hundred requests.
 */
public final class HttpConnection implements AutoCloseable {

    private final URI target;
    private Socket socket;
    private InputStream in;

    public HttpConnection(URI target) {
        this.target = target;
    }

    /**
     * A POST of JSON.
     *
     * @param headers lines, each with its end
     */
    public static byte[] post(URI target, String headers, byte[] body) {
        byte[] head = ("POST " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority() + "\r\n" + headers
                        + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** Returns the status of the answer. */
    public int exchange(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket(target.getHost(), target.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
        return answer();
    }

    private int answer() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 ")) {
            throw new IOException("answered " + status);
        }
        int length = -1;
        boolean open = true;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            open &= !header.equals("connection: close");
        }
        skipBody(length);
        if (!open) {
            close();
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    private void skipBody(int length) throws IOException {
        if (length >= 0) {
            in.skipNBytes(length);
            return;
        }
        for (int chunk = Integer.parseInt(line(), 16); chunk > 0; chunk = Integer.parseInt(line(), 16)) {
            in.skipNBytes(chunk + 2L);
        }
        line();
    }

    private String line() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r' && length < line.length) {
                line[length++] = (byte) c;
            }
        }
        return new String(line, 0, length, ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
