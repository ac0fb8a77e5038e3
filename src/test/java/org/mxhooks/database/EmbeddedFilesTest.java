package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedFilesTest {

    @TempDir
    private Path home;

    @Test
    void areTheirOwnersAloneFromTheStart() throws Exception {
        use(home.resolve("new"));

        assertThat(permissions(home.resolve("new"))).isNotEmpty().containsOnly("rw-------");
    }

    @Test
    void areRestrictedWhereTheyWereReadable() throws Exception {
        use(home);
        for (String file : List.of("mxhooks.trace.db", "mxhooks.lock.db", "mxhooks.mv.db.tempFile")) {
            Files.createFile(home.resolve(file));
        }
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
            }
        }

        use(home);

        assertThat(permissions(home)).hasSizeGreaterThan(1).containsOnly("rw-------");
    }

    /** As one that H2 removed after its directory was listed. */
    @Test
    void mayVanishMeanwhile() {
        assertThat(catchThrowable(() -> EmbeddedFiles.restrict(home.resolve("mxhooks.mv.db.tempFile"))))
                .isNull();
    }

    /** H2 would write the statement, with what it says, to a file of its own. */
    @Test
    void areNotJoinedByATraceOfAFailure() throws Exception {
        try (TestDatabase database = TestDatabase.h2(home);
                Connection connection = database.database().connect();
                Statement statement = connection.createStatement()) {
            assertThat(catchThrowable(() -> statement.execute("select nothing")))
                    .isInstanceOf(SQLException.class);
        }

        assertThat(home.resolve("mxhooks.trace.db")).doesNotExist();
    }

    /** H2 refuses it for ever, though nothing was ever in it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 8191})
    void areCreatedAnewWhereAFullDiskHasCutTheHeader(int size) throws Exception {
        use(home);
        Path data = home.resolve("mxhooks.mv.db");
        Files.write(data, Arrays.copyOf(Files.readAllBytes(data), size));

        use(home);

        assertThat(Files.size(data)).isGreaterThan(8191);
    }

    @Test
    void areLeftToAnotherProcessThatIsWritingTheHeader() throws Exception {
        Path data = home.resolve("mxhooks.mv.db");
        Files.write(data, new byte[4096]);
        try (FileChannel other = FileChannel.open(data, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(catchThrowable(() -> use(home))).isInstanceOf(SQLException.class);
            assertThat(lock.isValid()).isTrue();
        }

        assertThat(data).hasSize(4096);
    }

    private static void use(Path directory) throws SQLException {
        try (TestDatabase database = TestDatabase.h2(directory)) {
            database.migrated();
        }
    }

    private static List<String> permissions(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(EmbeddedFilesTest::permissionsOf).toList();
        }
    }

    private static String permissionsOf(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
