package org.mxhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A request that is written byte by byte, so that a test can also say what no proper client would. */
public final class RawRequest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InetSocketAddress server;
    private final StringBuilder head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private InetSocketAddress client = new InetSocketAddress(0);

    /** @param path without its leading slash */
    public RawRequest(InetSocketAddress server, String method, String path) {
        this.server = server;
        this.head = new StringBuilder("%s /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n".formatted(method, path));
    }

    /** Sends it from another address of this machine. */
    public RawRequest from(String address) {
        client = new InetSocketAddress(address, 0);
        return this;
    }

    public RawRequest header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    public RawRequest body(byte[] bytes) {
        body.writeBytes(bytes);
        return declaring(bytes.length);
    }

    /** Tells a length, whatever then comes. */
    public RawRequest declaring(long length) {
        return header("Content-Length", String.valueOf(length));
    }

    /** A body in one chunk, with the end of the body or without. */
    public RawRequest chunk(byte[] bytes, boolean last) {
        body.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
        body.writeBytes(bytes);
        body.writeBytes((last ? "\r\n0\r\n\r\n" : "\r\n").getBytes(ISO_8859_1));
        return header("Transfer-Encoding", "chunked");
    }

    /** Sends it and waits for the answer. */
    public Answer send() {
        try (Socket socket = new Socket()) {
            socket.bind(client);
            socket.connect(server);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write((head + "\r\n").getBytes(ISO_8859_1));
            socket.getOutputStream().write(body.toByteArray());
            return Answer.read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
