package org.mxhooks.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** An {@link UninterruptedFile} whose disk a test can break: {@code jdbc:h2:faulty:…}; it counts what is synced. */
public final class FaultyFile extends FilePathWrapper {

    public static final String SCHEME = "faulty";

    private static final AtomicLong SYNCS = new AtomicLong();
    private static volatile boolean broken;

    public static void register() {
        FilePath.register(new FaultyFile());
    }

    public static void setBroken(boolean value) {
        broken = value;
    }

    /** How often any such file was synced to disk. */
    public static long syncs() {
        return SYNCS.get();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new FaultyChannel(Path.of(getBase().toString()), mode);
    }

    private static final class FaultyChannel extends UninterruptedFile.Channel {

        FaultyChannel(Path path, String mode) throws IOException {
            super(path, mode);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (broken) {
                throw new IOException("No space left on device");
            }
            return super.write(source, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            super.force(metaData);
            SYNCS.incrementAndGet();
        }
    }
}
