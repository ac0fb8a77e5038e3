package org.mxhooks.settings;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** What files are forced to, so that they survive a power failure. */
@FunctionalInterface
interface Disk {

    System.Logger LOG = System.getLogger(Disk.class.getName());

    /** Returns when the content of a file, or the names in a directory, are on the disk. */
    void force(Path path) throws IOException;

    /** The disk of the file system. Where it cannot be forced to write names, it does so within seconds. */
    static Disk ofFileSystem() {
        return path -> {
            if (Files.isDirectory(path)) {
                forceNames(path);
            } else {
                force(path, WRITE);
            }
        };
    }

    private static void forceNames(Path directory) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return; // Windows opens no directory
        }
        try {
            force(directory, READ);
        } catch (IOException e) {
            LOG.log(
                    WARNING,
                    "Names of new files in {0} could not be forced to the disk; a power failure in the next seconds may lose them: {1}",
                    directory,
                    FileProblem.of(e));
        }
    }

    private static void force(Path path, OpenOption access) throws IOException {
        try (FileChannel file = FileChannel.open(path, access)) {
            file.force(true);
        }
    }
}
