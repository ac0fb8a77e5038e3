package org.mxhooks.process.harness;

import java.net.URI;

/** A process that runs mxhooks. */
public interface Server extends AutoCloseable {

    /** Where the application is, ending in a slash. */
    URI application();

    ServerLog log();

    /** SIGKILL: nothing in the process gets to run any more. */
    void killNine();

    @Override
    void close();

    /** Where the application is, ending in a slash, of a server on this port. */
    static URI application(int port) {
        return URI.create("http://127.0.0.1:" + port + "/mxhooks/");
    }
}
