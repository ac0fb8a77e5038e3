package org.mxhooks.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Takes the place of {@link UninterruptedFile}: what a test wants happens before each write. */
public final class HookedFile extends FilePathWrapper {

    private static final Hook NOTHING = () -> {};

    private static volatile Hook hook = NOTHING;

    /** What happens before a write; its failure is that of the disk. */
    interface Hook {
        void run() throws IOException;
    }

    static void register() {
        FilePath.register(new HookedFile());
    }

    static void beforeEachWrite(Hook next) {
        hook = next;
    }

    /** Writes as usual, also to files that are open. */
    static void deregister() {
        hook = NOTHING;
        UninterruptedFile.register();
    }

    @Override
    public String getScheme() {
        return UninterruptedFile.SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new HookedChannel(Path.of(getBase().toString()), mode);
    }

    private static final class HookedChannel extends UninterruptedFile.Channel {

        HookedChannel(Path path, String mode) throws IOException {
            super(path, mode);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            hook.run();
            return super.write(source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            hook.run();
            super.implTruncate(size);
        }
    }
}
