package org.mxhooks.process.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A server process that outlives its deployments. */
public interface Redeployable extends AutoCloseable {

    /** Where a deployment is, ending in a slash. */
    URI application();

    /** What runs in it. */
    Jvm jvm();

    /**
     * Tells the server to, without waiting until it did.
     *
     * @param war named {@code mxhooks.war}; or an EAR, which is not undeployed
     */
    void deploy(Path war) throws IOException;

    /** Tells the server to, without waiting until it did. */
    void undeploy() throws IOException;

    @Override
    void close();
}
