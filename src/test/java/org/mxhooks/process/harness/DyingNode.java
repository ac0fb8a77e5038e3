package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In front of a node: has it keep what arrives, and breaks the connection where the answer should be, as a node that
 * dies just then.
 */
public final class DyingNode implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger answersLost = new AtomicInteger();
    private final int node;

    public DyingNode(int node) throws IOException {
        this.node = node;
        new Thread(this::serve, "dying node").start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    public int answersLost() {
        return answersLost.get();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                connections.incrementAndGet();
                byte[] request = request(client.getInputStream());
                keep(request);
                answersLost.incrementAndGet();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void keep(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node)) {
            socket.getOutputStream().write(request);
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the node behind did not answer");
            }
        }
    }

    private static byte[] request(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        while (!request.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            request.write(in.readNBytes(1));
        }
        Matcher length = LENGTH.matcher(request.toString(ISO_8859_1));
        request.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return request.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
