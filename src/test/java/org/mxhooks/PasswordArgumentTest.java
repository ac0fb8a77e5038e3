package org.mxhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents have readers type puts no password into the list of processes. */
class PasswordArgumentTest {

    private static final Pattern ARGUMENT = Pattern.compile(
            "\\bcurl\\b[^|`]*\\s(-[a-zA-Z]*u|--user|-H\\s*\\S?Authorization|--header\\s*\\S?Authorization)\\b"
                    + "|-D[\\w.-]*(password|secret)=(?!…)"
                    + "|(--password|--secret|--passwd|-p)[ =]\\S*\\$\\(cat"
                    + "|://[^/\\s:@]+:[^/\\s@]+@");

    static Stream<Path> documents() throws IOException {
        return Stream.of(Path.of("README.md"), Path.of("src/site"), Path.of("server-config"), Path.of("src/it"))
                .flatMap(PasswordArgumentTest::files)
                .filter(file -> file.toString().matches(".*\\.(md|conf|cli|asadmin)"));
    }

    @Test
    void noneIsShown() throws IOException {
        assertThat(documents())
                .isNotEmpty()
                .allSatisfy(document -> assertThat(commands(document))
                        .noneMatch(line -> ARGUMENT.matcher(line).find()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -u \"admin:$(cat file)\" http://127.0.0.1/",
                "curl -su admin http://127.0.0.1/",
                "curl --fail --user admin:x http://127.0.0.1/",
                "curl -H \"Authorization: Basic $(base64 file)\" http://127.0.0.1/",
                "java -Dmxhooks.operator.password=$(cat file) -jar payara-micro.jar",
                "standalone.sh -Dmxhooks.endpoint.default.secret=x",
                "mxhooks sign --secret $(cat file)",
                "git clone https://user:password@example.com/"
            })
    void itIsSeen(String line) {
        assertThat(line).containsPattern(ARGUMENT);
    }

    /** A command's lines as one. */
    private static List<String> commands(Path document) throws IOException {
        return List.of(Files.readString(document).replaceAll("\\\\\n\\s*", "").split("\n"));
    }

    private static Stream<Path> files(Path root) {
        try {
            return Files.walk(root).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
