package org.mxhooks.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The other side of the companion's notes. */
record Notebook(Path directory) {

    /** That of the server which the tests run on. */
    static Notebook ofServer() {
        return new Notebook(Whereabouts.notes());
    }

    /** One line for each time that the consumer was notified of the delivery. */
    List<String> lines(String delivery, String consumer) throws IOException {
        Path notes = directory.resolve(delivery + "." + consumer);
        return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
    }

    void mend(String delivery) throws IOException {
        Files.createFile(directory.resolve(delivery + ".mended"));
    }
}
