package org.mxhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free ports for servers that tests start. They lie below the range from which the kernel takes ports of outgoing
 * connections, so a port that was free stays free while its server starts, and while it is down. Each JVM locks a block
 * of ports for itself, so two test JVMs of one machine never get the same.
 */
public final class Ports {

    private static final int MIN_PORT = 10_000;
    private static final int BLOCK = 100;
    private static final int BLOCKS = 140;

    private static final int FIRST_OF_BLOCK = MIN_PORT + BLOCK * lockBlock();
    private static final AtomicInteger GIVEN = new AtomicInteger();

    private Ports() {}

    /** A port at which nothing listens, on any address; another one each time until the block is used up. */
    public static int free() {
        for (int tries = 0; tries < BLOCK; tries++) {
            int port = FIRST_OF_BLOCK + GIVEN.getAndIncrement() % BLOCK;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from %s to %s".formatted(FIRST_OF_BLOCK, FIRST_OF_BLOCK + BLOCK));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int lockBlock() {
        for (int block = 0; block < BLOCKS; block++) {
            if (isLocked(block)) {
                return block;
            }
        }
        throw new IllegalStateException("all %s blocks of ports are in use".formatted(BLOCKS));
    }

    /** The lock ends with the JVM, however that ends. */
    @SuppressWarnings("resource")
    private static boolean isLocked(int block) {
        try {
            Path directory = Files.createDirectories(
                    Path.of("/tmp").resolve("mxhooks-ports-" + System.getProperty("user.name")));
            FileChannel file = FileChannel.open(
                    directory.resolve(String.valueOf(block)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (file.tryLock() != null) {
                return true;
            }
            file.close();
            return false;
        } catch (OverlappingFileLockException | AccessDeniedException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
