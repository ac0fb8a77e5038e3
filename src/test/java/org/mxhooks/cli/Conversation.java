package org.mxhooks.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands that speak to a server. */
abstract class Conversation {

    @TempDir
    Path home;

    Receiver server;
    Shell shell;

    @BeforeEach
    void start() throws IOException {
        server = new Receiver();
        shell = new Shell(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
