package org.mxhooks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.CapturedLog;

/** A generated secret is not lost, or it is said that it was. */
class GeneratedSecretsTest {

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
    void theContentIsOnTheDiskBeforeTheNameAndTheNameBeforeItsUse() throws IOException {
        List<String> forced = new ArrayList<>();
        GeneratedSecrets secrets = new GeneratedSecrets(home, path -> {
            forced.add(
                    path.equals(directory)
                            ? "names " + names()
                            : "content " + Files.readString(path).strip());
            Disk.ofFileSystem().force(path);
        });

        String secret = secrets.readOrGenerate("relay.key").value();

        assertThat(forced).containsExactly("content " + secret, "names [relay.key]");
    }

    @Test
    void aDraftThatCouldNotBeWrittenIsRemoved() throws IOException {
        GeneratedSecrets secrets = new GeneratedSecrets(home, path -> {
            throw new IOException("No space left on device");
        });

        assertThatThrownBy(() -> secrets.readOrGenerate("operator.password")).hasMessage("No space left on device");

        assertThat(names()).isEmpty();
    }

    @Test
    void aKeyThatIsGeneratedForADatabaseIsWarnedOf() throws IOException {
        home.create();
        Files.writeString(directory.resolve("mxhooks.mv.db"), "deliveries");

        assertThat(logOf("relay.key"))
                .anySatisfy(line -> assertThat(line)
                        .contains("a new mxhooks.relay.key in " + directory.resolve("relay.key"))
                        .contains("set that key as mxhooks.relay.key or mxhooks.relay.previous-key"));
        assertThat(logOf("relay.key")).noneMatch(line -> line.contains("a new"));
        assertThat(logOf("endpoint-new.secret")).noneMatch(line -> line.contains("a new"));
    }

    @Test
    void aFirstStartWarnsOfNoKey() throws IOException {
        home.create();
        Files.createFile(directory.resolve("mxhooks.mv.db"));

        assertThat(logOf("relay.key")).noneMatch(line -> line.contains("a new"));
    }

    private List<String> logOf(String fileName) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            new GeneratedSecrets(home).readOrGenerate(fileName);
            return log.lines();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
