package org.mxhooks.testkit;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer types from {@code companion.md} compiles, and the tests among it pass. */
class CompanionPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/companion.md");
    private static final Pattern FILE = Pattern.compile("(?s)cat >(\\S+) <<'END'\n(.*?)\nEND\n");

    @TempDir
    Path folder;

    @Test
    void itsTestsPass() throws Exception {
        List<String> sources =
                write(files()).stream().filter(file -> file.endsWith(".java")).toList();
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        arguments.addAll(sources);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();

        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Class<?> test = classes.loadClass("com.example.StoryLogTest");
            List<Method> methods = Arrays.stream(test.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .toList();
            assertThat(methods).hasSize(3);
            for (Method method : methods) {
                run(test, method);
            }
        }
    }

    @Test
    void namesTheVersionsThatAreBuilt() throws IOException {
        String project = Files.readString(Path.of("pom.xml"));
        String flyway = project.replaceAll("(?s).*<flyway.version>(.*?)</flyway.version>.*", "$1");
        assertThat(Files.readString(PAGE))
                .containsPattern("<artifactId>flyway-core</artifactId>\\s*<version>" + Pattern.quote(flyway) + "<");
        String version =
                project.replaceAll("(?s).*?<artifactId>mxhooks</artifactId>\\s*<version>(.*?)</version>.*", "$1");
        assertThat(files().get("pom.xml")).contains("<mxhooks.version>" + version + "</mxhooks.version>");
    }

    private static void run(Class<?> test, Method method) throws Exception {
        Object instance = accessible(test.getDeclaredConstructor()).newInstance();
        accessible(method).invoke(instance);
        for (Field field : test.getDeclaredFields()) {
            if (field.isAnnotationPresent(AutoClose.class)) {
                ((AutoCloseable) accessible(field).get(instance)).close();
            }
        }
    }

    private static <T extends AccessibleObject> T accessible(T member) {
        member.setAccessible(true);
        return member;
    }

    /** The page's files by their names. */
    private static Map<String, String> files() throws IOException {
        return FILE.matcher(Files.readString(PAGE))
                .results()
                .collect(toMap(match -> match.group(1), match -> match.group(2)));
    }

    private List<String> write(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return files.keySet().stream().map(folder::resolve).map(Path::toString).toList();
    }
}
