package org.mxhooks;

import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;

/** A JAX-RS application on the Jersey that Payara ships, on a port of its own. */
public final class JerseyServer implements AutoCloseable {

    /** Enough for what tests send at once. */
    public static final int THREADS = 16;

    private final HttpServer server;

    /** @param beans what the application injects, by type */
    public JerseyServer(Application application, Map<Class<?>, Object> beans) throws IOException {
        this(application, beans, THREADS);
    }

    /** As above, with so many threads for requests. */
    public JerseyServer(Application application, Map<Class<?>, Object> beans, int threads) throws IOException {
        ResourceConfig config = ResourceConfig.forApplication(application).register(new Beans(beans));
        server = GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), config, false);
        server.getListeners()
                .forEach(listener -> listener.getTransport()
                        .setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                                .setCorePoolSize(threads)
                                .setMaxPoolSize(threads)));
        server.start();
    }

    /** A request to be completed.. */
    public RawRequest request(String method, String path) {
        NetworkListener listener = server.getListeners().iterator().next();
        return new RawRequest(new InetSocketAddress(listener.getHost(), listener.getPort()), method, path);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Beans extends AbstractBinder {

        private final Map<Class<?>, Object> beans;

        Beans(Map<Class<?>, Object> beans) {
            this.beans = beans;
        }

        @Override
        protected void configure() {
            beans.forEach((type, bean) -> bind(bean).to(type));
        }
    }
}
