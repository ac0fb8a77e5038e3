package org.mxhooks.process.harness;

import java.io.IOException;
import java.nio.file.Path;

/** A server that outlives its deployments. */
public interface Redeployable extends Server {

    /** What runs in it. */
    Jvm jvm();

    /**
     * Returns when the application answers; fails at once when the server reports that it does not deploy it.
     *
     * @param war named {@code mxhooks.war}; or an EAR, which is not undeployed
     */
    void deploy(Path war) throws IOException;

    /** Returns when the application no longer answers. */
    void undeploy() throws IOException;
}
