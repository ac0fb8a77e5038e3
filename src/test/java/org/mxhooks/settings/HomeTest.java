package org.mxhooks.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mxhooks keeps in its home is for its owner alone. */
class HomeTest {

    @TempDir
    private Path parent;

    private Path directory;
    private Home home;

    @BeforeEach
    void name() {
        directory = parent.resolve("home");
        home = new Home(directory);
    }

    @Test
    void itIsCreatedForItsOwnerAlone() throws IOException {
        home.create();

        assertThat(Home.permissions(directory)).isEqualTo("rwx------");
        assertThat(Home.permissions(home.draft("secret"))).isEqualTo("rw-------");
    }

    @Test
    void whatSomebodyCreatedForAllIsClosed() throws IOException {
        open(Files.createDirectory(directory));
        Path database = open(Files.createFile(directory.resolve("mxhooks.mv.db")));
        Path secret = open(Files.createFile(directory.resolve("endpoint-default.secret")));
        Files.createDirectory(directory.resolve("broker"));

        assertThat(home.close()).isEmpty();

        assertThat(Home.permissions(directory)).isEqualTo("rwx------");
        assertThat(Home.permissions(database)).isEqualTo("rw-------");
        assertThat(Home.permissions(secret)).isEqualTo("rw-------");
    }

    @Test
    void aFileIsClosedInAClosedHomeToo() throws IOException {
        home.create();
        Path password = open(Files.createFile(directory.resolve("operator.password")));
        Path note = open(Files.createFile(directory.resolve("a note of the operator's")));

        assertThat(home.close()).isEmpty();

        assertThat(Home.permissions(password)).isEqualTo("rw-------");
        assertThat(Home.permissions(note)).isEqualTo("rwxr-xr-x");
    }

    /** As one that was removed after the directory was listed. */
    @Test
    void aFileMayVanishMeanwhile() throws IOException {
        home.create();

        assertThat(Home.closeFile(directory.resolve("mxhooks.mv.db.tempFile"))).isEmpty();
    }

    @Test
    void draftsThatWereLeftAreRemoved() throws IOException {
        Instant now = Instant.now();
        for (String secret : List.of("operator.password", "relay.key", "endpoint-team-a.secret")) {
            write(home.draft(secret), now.minus(Duration.ofHours(2)));
        }
        write(home.draft("relay.key"), now.plus(Duration.ofDays(365)));
        Path justWritten = write(home.draft("relay.key"), now);
        Path secret = write(directory.resolve("relay.key"), now.minus(Duration.ofHours(2)));
        Path ofOthers = write(directory.resolve("notes7.tmp"), now.minus(Duration.ofHours(2)));

        assertThat(home.close()).isEmpty();

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactlyInAnyOrder(justWritten, secret, ofOthers);
        }
    }

    /** It may be {@code /tmp}, or all of a machine's services'. */
    @Test
    void anOpenDirectoryWithOthersFilesIsRefusedAndLeftAlone() throws IOException {
        open(Files.createDirectory(directory));
        Files.createFile(directory.resolve("of-others"));

        assertThat(home.close().orElseThrow())
                .contains(
                        "is accessible to other users (rwxr-xr-x)", "of-others", "a separate directory, or chmod 700");

        assertThat(Home.permissions(directory)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void aLinkToADirectoryIsFollowed() throws IOException {
        Path real = open(Files.createDirectory(parent.resolve("real")));
        Files.createSymbolicLink(directory, real);

        assertThat(home.close()).isEmpty();
        home.create();

        assertThat(Home.permissions(real)).isEqualTo("rwx------");
    }

    @Test
    void aLinkToNothingIsRefused() throws IOException {
        Files.createSymbolicLink(directory, parent.resolve("absent"));

        assertThat(home.close().orElseThrow()).contains("symbolic link whose target is not a directory");
    }

    @Test
    void aFileIsNoHome() throws IOException {
        Files.createFile(directory);

        assertThat(home.close().orElseThrow()).contains("is not a directory");
    }

    private static Path write(Path file, Instant at) throws IOException {
        return Files.setLastModifiedTime(Files.writeString(file, "a secret"), FileTime.from(at));
    }

    private static Path open(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
