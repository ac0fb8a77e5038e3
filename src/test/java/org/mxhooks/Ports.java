package org.mxhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Free ports for servers that tests start. They lie below the range from which the kernel takes ports of outgoing
 * connections, so a port that was free stays free while its server starts, and while it is down. Each JVM locks a block
 * of ports for itself, so two test JVMs of one machine never get the same.
 */
public final class Ports {

    private static final int MIN_PORT = 10_000;
    private static final int BLOCK = 100;
    private static final int BLOCKS = 140;

    private static final LockedBlock LOCKED = lockBlock();
    private static final int FIRST_OF_BLOCK = MIN_PORT + BLOCK * LOCKED.number();
    private static final AtomicInteger GIVEN = new AtomicInteger();

    private Ports() {}

    /** A block that no other JVM has while this is reachable: a channel that is not is closed with its lock. */
    private record LockedBlock(int number, FileLock lock) {}

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

    private static LockedBlock lockBlock() {
        return IntStream.range(0, BLOCKS)
                .boxed()
                .flatMap(block -> locked(block).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("all %s blocks of ports are in use".formatted(BLOCKS)));
    }

    private static Optional<LockedBlock> locked(int block) {
        try {
            Path directory = Files.createDirectories(
                    Path.of("/tmp").resolve("mxhooks-ports-" + System.getProperty("user.name")));
            FileChannel file = FileChannel.open(
                    directory.resolve(String.valueOf(block)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
            }
            return Optional.ofNullable(lock).map(held -> new LockedBlock(block, held));
        } catch (OverlappingFileLockException | AccessDeniedException taken) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
