package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands for a node behind a proxy: accepts every request and records its head as it arrived, and what follows its body
 * on the connection.
 */
public final class RecordingNode implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final byte[] ANSWER =
            "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public RecordingNode() throws IOException {
        new Thread(this::serve, "recording node").start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The heads of the requests, each with its request line and headers. */
    public List<String> heads() {
        return heads;
    }

    /** The request lines. */
    public List<String> requestLines() {
        return heads.stream()
                .map(head -> head.substring(0, head.indexOf("\r\n")))
                .toList();
    }

    /** The values of a header in all requests; its name in any case. */
    public List<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ": ";
        return heads.stream()
                .flatMap(String::lines)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                record(client.getInputStream());
                client.getOutputStream().write(ANSWER);
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void record(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readNBytes(1));
        }
        Matcher length = LENGTH.matcher(head.toString(ISO_8859_1));
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        byte[] behind = in.readNBytes(in.available());
        heads.add(head.toString(ISO_8859_1) + new String(behind, ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
