package org.mxhooks.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Body;
import org.mxhooks.mendix.MendixHeader;
import org.mxhooks.process.noop.Noop;
import org.mxhooks.process.noop.NoopApplication;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;

/**
 * Accepted deliveries per second on PostgreSQL over POSTs per second to a resource that reads the body and does nothing, on the same server,
 * in turns, after a warm-up. Senders and servers share the machine, so only the ratio says something.
 */
class AcceptBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 6;
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private final ProjectsSignature signature = new ProjectsSignature(SECRET, KeyDerivation.SHA256_50);
    private final AtomicLong stories = new AtomicLong();

    @TempDir
    Path scratch;

    @Test
    void acceptsOverNoOp() throws Exception {
        Path noop = scratch.resolve("noop.war");
        ShrinkWrap.create(WebArchive.class)
                .addPackage(Noop.class.getPackage())
                .as(ZipExporter.class)
                .exportTo(noop.toFile());
        try (Postgres postgres = new Postgres(scratch.resolve("postgres"))) {
            postgres.start();
            Map<String, String> settings = new HashMap<>(postgres.settings());
            settings.put("mxhooks.endpoint.default.secret", SECRET);
            settings.put("mxhooks.operator.password", "of-the-operator");
            try (PayaraMicro server = PayaraMicro.start(settings, noop)) {
                URI nothing = server.application().resolve("/noop/" + NoopApplication.PATH + "/" + Noop.PATH);
                measure(server.application().resolve("hooks/default"), nothing);
            }
        }
    }

    private void measure(URI hooks, URI nothing) throws Exception {
        await().atMost(WARM_UP).ignoreExceptions().until(() -> send(nothing, System.nanoTime()) > 0);
        perSecond(nothing, WARM_UP);
        perSecond(hooks, WARM_UP);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double noop = perSecond(nothing, ROUND);
            double accepts = perSecond(hooks, ROUND);
            ratios.add(accepts / noop);
            System.out.printf("no-op %.0f/s, accepts %.0f/s, ratio %.2f%n", noop, accepts, accepts / noop);
        }
        System.out.printf(
                "median ratio of accepts to no-op: %.2f%n",
                ratios.stream().sorted().toList().get(ROUNDS / 2));
        assertThat(ratios).allMatch(ratio -> ratio > 0);
    }

    private double perSecond(URI target, Duration duration) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        Callable<Integer> sender = () -> send(target, end);
        List<Future<Integer>> sent = senders.invokeAll(Collections.nCopies(CONNECTIONS, sender));
        int answers = 0;
        for (Future<Integer> each : sent) {
            answers += each.get();
        }
        senders.shutdown();
        return answers / ((System.nanoTime() - begin) / 1e9);
    }

    private int send(URI target, long end) throws IOException {
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
            } while (open && System.nanoTime() < end);
            return answers;
        }
    }

    private byte[] request(URI target) throws IOException {
        byte[] body = TEMPLATE.replace("4711", String.valueOf(stories.incrementAndGet()))
                .getBytes(US_ASCII);
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\n%s: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(
                                target.getPath(),
                                target.getAuthority(),
                                MendixHeader.SIGNATURE.text(),
                                signature.sign(body),
                                body.length);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.getBytes(US_ASCII));
        request.write(body);
        return request.toByteArray();
    }

    private static final String TEMPLATE = Body.of("story-updated.json").text().replaceAll("[^\\x00-\\x7f]", "-");

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
