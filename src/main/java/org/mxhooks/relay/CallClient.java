package org.mxhooks.relay;

import static java.lang.System.Logger.Level.DEBUG;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.mxhooks.settings.RelaySettings;

/**
 * The HTTP client of calls, made anew where a fault ended it. Connections are kept open for the next calls; those that
 * no call uses are closed. Safe for use by many threads.
 */
final class CallClient implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CallClient.class.getName());

    private final RelaySettings settings;
    private final DnsResolver addresses;
    private final ThreadFactory threads;
    private final Duration keptOpen;
    private final ScheduledFuture<?> closing;
    private PoolingAsyncClientConnectionManager connections;
    private CloseableHttpAsyncClient client;
    private boolean closed;

    /**
     * @param addresses resolves the names of hosts to addresses that may be called
     * @param clock closes idle connections
     * @param threads makes those of the client
     * @param keptOpen how long connections are that no call uses, and twice that at most
     */
    CallClient(
            RelaySettings settings,
            DnsResolver addresses,
            ScheduledExecutorService clock,
            ThreadFactory threads,
            Duration keptOpen) {
        this.settings = settings;
        this.addresses = addresses;
        this.threads = threads;
        this.keptOpen = keptOpen;
        closing = clock.scheduleWithFixedDelay(
                this::closeIdle, keptOpen.toMillis(), keptOpen.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where a fault has ended it, for want of memory for example, there is a new one. */
    synchronized CloseableHttpAsyncClient running() {
        if (closed) {
            throw new IllegalStateException("the node ends");
        }
        if (client == null || client.getStatus() == IOReactorStatus.SHUT_DOWN) {
            client = newClient();
            client.start();
        }
        return client;
    }

    private CloseableHttpAsyncClient newClient() {
        Timeout timeout = Timeout.of(settings.timeout());
        connections = newConnections(timeout);
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setThreadFactory(threads)
                .setIoReactorExceptionCallback(e -> LOG.log(DEBUG, "The client for calls ended", e))
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression();
        settings.proxy()
                .map(proxy -> new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort()))
                .map(DefaultProxyRoutePlanner::new)
                .ifPresent(builder::setRoutePlanner);
        return builder.build();
    }

    /** As many as there are calls, which the caller bounds: none waits for the connection of another. */
    private PoolingAsyncClientConnectionManager newConnections(Timeout timeout) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(timeout)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(TimeValue.of(keptOpen))
                        .build())
                .build();
    }

    /** The pool looks at a connection only when the same subscriber is called again, and that may never close it. */
    private synchronized void closeIdle() {
        try {
            if (connections != null) {
                connections.closeIdle(TimeValue.of(keptOpen));
            }
        } catch (RuntimeException | Error e) { // it would not be called again
            LOG.log(DEBUG, "Idle connections were not closed; tried again soon", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closing.cancel(false);
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
        }
    }
}
