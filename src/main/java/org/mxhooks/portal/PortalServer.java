package org.mxhooks.portal;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The portal's HTTP server, on this machine's own address only. */
final class PortalServer implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.1";
    private static final int MIN_THREADS = 4;

    /** Each open stream has one. */
    private static final int MAX_THREADS = 64;

    private final HttpServer server;

    private PortalServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param port 0 for one that is free
     * @throws PortalFailure if another program has the port
     */
    static PortalServer start(Portal portal, Path tokenFile, int port) throws PortalFailure {
        URI address = URI.create("http://%s:%s/".formatted(ADDRESS, port));
        HttpServer server = GrizzlyHttpServerFactory.createHttpServer(address, resources(portal, tokenFile), false);
        for (NetworkListener listener : server.getListeners()) {
            listener.getTransport()
                    .setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                            .setPoolName("portal")
                            .setDaemon(true)
                            .setCorePoolSize(MIN_THREADS)
                            .setMaxPoolSize(MAX_THREADS));
        }
        try {
            server.start();
            return new PortalServer(server);
        } catch (BindException e) {
            throw new PortalFailure("port %s is in use. Pass another --port.".formatted(port), e);
        } catch (IOException e) {
            throw new PortalFailure("port %s cannot be opened: %s".formatted(port, e.getMessage()), e);
        }
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
        return server.getListeners().iterator().next().getPort();
    }

    String url() {
        return "http://%s:%s/".formatted(ADDRESS, port());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
