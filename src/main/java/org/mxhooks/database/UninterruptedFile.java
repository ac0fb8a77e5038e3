package org.mxhooks.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2's whose files stay open when a thread that reads or writes is interrupted; a {@code FileChannel}
 * closes then. As H2's own {@code async:}, but on threads that end with the file: the JDK's never end, and keep the
 * class loader of whoever needed the first. H2 makes the instances, so the class is public.
 */
public final class UninterruptedFile extends FilePathWrapper {

    /** Begins a file's name, with a colon. */
    static final String SCHEME = "uninterrupted";

    /** Makes the scheme known to H2. */
    static void register() {
        FilePath.register(new UninterruptedFile());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(Path.of(getBase().toString()), mode);
    }

    /** Not final, for a test's disk that fails. */
    static class Channel extends FileBaseDefault {

        private final ExecutorService threads = Executors.newCachedThreadPool(Channel::thread);
        private final AsynchronousFileChannel file;

        Channel(Path path, String mode) throws IOException {
            Set<OpenOption> options = mode.equals("r")
                    ? Set.of(StandardOpenOption.READ)
                    : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            file = AsynchronousFileChannel.open(path, options, threads);
        }

        private static Thread thread(Runnable work) {
            Thread thread = new Thread(work, "mxhooks-file");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return complete(file.read(target, position));
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return complete(file.write(source, position));
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
            threads.shutdown();
        }

        /** An interrupt stays pending for the caller's next wait. */
        private static int complete(Future<Integer> operation) throws IOException {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return operation.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
