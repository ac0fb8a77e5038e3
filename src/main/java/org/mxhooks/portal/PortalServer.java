package org.mxhooks.portal;

import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.ProcessingException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The portal's HTTP server, on this machine's own address only. */
final class PortalServer implements AutoCloseable {

    static {
        // Otherwise an answer in several parts waits for the reader's acknowledgement of the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String ADDRESS = "127.0.0.1";

    private final HttpServer server;
    private final ExecutorService threads;

    private PortalServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts it.
     *
     * @param port 0 for one that is free
     * @throws PortalFailure if another program has the port
     */
    static PortalServer start(Portal portal, Path tokenFile, int port) throws PortalFailure {
        URI address = URI.create("http://%s:%s/".formatted(ADDRESS, port));
        try {
            HttpServer server = JdkHttpServerFactory.createHttpServer(address, resources(portal, tokenFile), false);
            ExecutorService threads = Executors.newCachedThreadPool(PortalServer::daemon);
            server.setExecutor(threads);
            server.start();
            return new PortalServer(server, threads);
        } catch (ProcessingException e) {
            throw e.getCause() instanceof BindException
                    ? new PortalFailure("port %s is in use. Pass another --port.".formatted(port), e)
                    : new PortalFailure("port %s cannot be opened: %s".formatted(port, e.getCause()), e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "portal");
        thread.setDaemon(true);
        return thread;
    }

    private static ResourceConfig resources(Portal portal, Path tokenFile) {
        return new ResourceConfig()
                .registerInstances(
                        new AppResource(portal),
                        new SprintResource(portal),
                        new StoryResource(portal),
                        new WebhookResource(portal),
                        new DeploymentResource(portal),
                        new DeliveryResource(portal),
                        new PlayResource(portal),
                        new WebhooksApiResource(portal, tokenFile),
                        new ChangeResource(portal.feed()),
                        new PageResource(),
                        new SameOriginFilter(),
                        new AnswerHeaders(),
                        new RejectionMapper())
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.MOXY_JSON_FEATURE_DISABLE, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                .property(CommonProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://%s:%s/".formatted(ADDRESS, port());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
