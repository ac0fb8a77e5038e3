package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
        try (HttpConnection connection = new HttpConnection(target)) {
            do {
                int status = connection.exchange(request(target));
                if (status / 100 != 2) {
                    throw new IOException("answered " + status);
                }
                answers++;
                accepted.computeIfAbsent(target, none -> new LongAdder()).increment();
            } while (System.nanoTime() < end);
        }
        return answers;
    }

    private byte[] request(URI target) {
        byte[] body = TEMPLATE.replace("4711", String.valueOf(stories.incrementAndGet()))
                .getBytes(US_ASCII);
        return HttpConnection.post(target, ProjectsHeaders.SIGNATURE + ": " + signature.sign(body) + "\r\n", body);
    }
}
