package org.mxhooks.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mxhooks.settings.Network;

/**
 * Looks up names within a time. A look-up cannot be ended: one that hangs holds a thread until the system gives it up,
 * but one for each name, and not the caller's. Safe for use by many threads.
 */
final class BoundedResolver implements Targets.Resolver {

    private final Targets.Resolver resolver;
    private final Duration timeout;
    private final Executor threads;
    private final Map<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();

    /** @param threads for look-ups that hang, one for each name */
    BoundedResolver(Targets.Resolver resolver, Duration timeout, Executor threads) {
        this.resolver = resolver;
        this.timeout = timeout;
        this.threads = threads;
    }

    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
        if (Network.address(host).isPresent()) {
            return resolver.addresses(host);
        }
        try {
            return running.computeIfAbsent(host, this::begin).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnknownHostException("%s: no answer of the name server within %s".formatted(host, timeout));
        } catch (RejectedExecutionException e) {
            throw new UnknownHostException("%s: too many names are being looked up".formatted(host));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown
                    ? unknown
                    : new UnknownHostException("%s: %s".formatted(host, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("%s: the look-up was interrupted".formatted(host));
        }
    }

    private CompletableFuture<InetAddress[]> begin(String host) {
        CompletableFuture<InetAddress[]> addresses = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                addresses.complete(resolver.addresses(host));
            } catch (Throwable e) {
                addresses.completeExceptionally(e);
            } finally {
                running.remove(host, addresses);
            }
        });
        return addresses;
    }
}
