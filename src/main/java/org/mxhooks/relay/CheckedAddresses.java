package org.mxhooks.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.mxhooks.settings.Network;

/**
 * The addresses of hosts, looked up and checked before calls are made: the client, which must not wait for a name
 * server, opens connections to none but these. Safe for use by many threads.
 */
final class CheckedAddresses implements DnsResolver {

    /** No call takes longer to open its connection. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final Duration HALF_KEPT = KEPT.dividedBy(2);

    private final Targets.Resolver resolver;
    private final Executor threads;
    private final LongSupplier nanoTime;
    private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    /** @param fixed the host is an address itself, which no name server changes */
    private record Found(InetAddress[] addresses, boolean fixed, long at) {}

    /**
     * @param resolver looks up and checks; may wait
     * @param threads for that
     * @param nanoTime as {@link System#nanoTime}
     */
    CheckedAddresses(Targets.Resolver resolver, Executor threads, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.threads = threads;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks a host up, once for all that ask meanwhile; what is an address is checked from time to time. Completes when
     * its addresses are known; exceptionally if there are none that may be called.
     */
    CompletableFuture<Void> lookUp(String host) {
        Found known = found.get(host);
        if (known != null && known.fixed() && !isOlderThan(HALF_KEPT, known)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> before = running.putIfAbsent(host, begun);
        if (before != null) {
            return before;
        }
        begin(host, begun);
        return begun;
    }

    private void begin(String host, CompletableFuture<Void> begun) {
        if (Network.address(Targets.literal(host)).isPresent()) {
            find(host, true, begun);
            return;
        }
        try {
            threads.execute(() -> find(host, false, begun));
        } catch (RuntimeException | Error e) {
            running.remove(host);
            begun.completeExceptionally(
                    new UnknownHostException("%s: too many names are being looked up".formatted(host)));
        }
    }

    private void find(String host, boolean fixed, CompletableFuture<Void> begun) {
        try {
            found.values().removeIf(old -> isOlderThan(KEPT, old));
            found.put(host, new Found(resolver.addresses(host), fixed, nanoTime.getAsLong()));
            running.remove(host);
            begun.complete(null);
        } catch (Throwable e) {
            found.remove(host);
            running.remove(host);
            begun.completeExceptionally(e);
        }
    }

    private boolean isOlderThan(Duration age, Found known) {
        return nanoTime.getAsLong() - known.at() > age.toNanos();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Found known = found.get(host);
        if (known == null) {
            throw new UnknownHostException("%s: its addresses are no longer known".formatted(host));
        }
        return known.addresses().clone();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
