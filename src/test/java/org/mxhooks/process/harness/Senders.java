package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.mxhooks.ProjectsHeaders;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.journey.Body;

/**
 * Sends signed stories as fast as they are answered, on some connections that are kept open; cheaper than an HTTP
 * client.
 */
public final class Senders {

    private static final String TEMPLATE = Body.of("story-updated.json").text().replaceAll("[^\\x00-\\x7f]", "-");

    private final AtomicLong stories = new AtomicLong();
    private final Map<URI, LongAdder> accepted = new ConcurrentHashMap<>();
    private final ProjectsSigner signature;
    private final int connections;

    public Senders(String secret, int connections) {
        signature = new ProjectsSigner(secret);
        this.connections = connections;
    }

    /** Sends for a while; returns how many were answered with success each second. Any other answer is an exception. */
    public double perSecond(URI target, Duration duration) throws Exception {
        return perSecond(List.of(target), duration);
    }

    /** As above, to each target on its share of the connections. */
    public double perSecond(List<URI> targets, Duration duration) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(connections);
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        List<Callable<Integer>> each = IntStream.range(0, connections)
                .<Callable<Integer>>mapToObj(i -> () -> send(targets.get(i % targets.size()), end))
                .toList();
        List<Future<Integer>> sent = senders.invokeAll(each);
        int answers = 0;
        for (Future<Integer> share : sent) {
            answers += share.get();
        }
        senders.shutdown();
        return answers / ((System.nanoTime() - begin) / 1e9);
    }

    /** How many were answered with success, in sum. */
    public long accepted(List<URI> targets) {
        return targets.stream()
                .mapToLong(
                        target -> accepted.getOrDefault(target, new LongAdder()).sum())
                .sum();
    }

    public int send(URI target, long end) throws IOException {
        int answers = 0;
        do {
            answers += sendOnOneConnection(target, end);
        } while (System.nanoTime() < end);
        return answers;
    }

    private int sendOnOneConnection(URI target, long end) throws IOException {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            int answers = 0;
            boolean open;
            do {
                out.write(request(target));
                out.flush();
                open = expectAccepted(in);
                answers++;
                accepted.computeIfAbsent(target, none -> new LongAdder()).increment();
            } while (open && System.nanoTime() < end);
            return answers;
        }
    }

    private byte[] request(URI target) throws IOException {
        byte[] body = TEMPLATE.replace("4711", String.valueOf(stories.incrementAndGet()))
                .getBytes(US_ASCII);
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\n%s: %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n"
                        .formatted(
                                target.getPath(),
                                target.getAuthority(),
                                ProjectsHeaders.SIGNATURE,
                                signature.sign(body),
                                body.length);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.getBytes(US_ASCII));
        request.write(body);
        return request.toByteArray();
    }

    /** Tells whether the server keeps the connection: it ends each after some hundred requests. */
    private static boolean expectAccepted(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 20")) {
            throw new IOException("answered " + status);
        }
        int length = -1;
        boolean open = true;
        for (String line = line(in).toLowerCase(Locale.ROOT);
                !line.isEmpty();
                line = line(in).toLowerCase(Locale.ROOT)) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            open &= !line.equals("connection: close");
        }
        if (length < 0) {
            for (int chunk = Integer.parseInt(line(in), 16); chunk > 0; chunk = Integer.parseInt(line(in), 16)) {
                in.skipNBytes(chunk + 2);
            }
            line(in);
        } else {
            in.skipNBytes(length);
        }
        return open;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
