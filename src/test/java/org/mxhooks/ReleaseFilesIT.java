package org.mxhooks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The licences and the list of components in what is released. */
@Tag("process")
class ReleaseFilesIT {

    private static final Path LEGAL = Path.of("src/main/legal");
    private static final Path TARGET = Path.of("target");
    private static final String WAR = "mxhooks.war";
    private static final String CLI = "mxhooks-cli.jar";
    private static final String PORTAL = "mxhooks-portal.jar";
    private static final String API = "mxhooks-api";

    /** {@code | library | in | licence | copyright |} */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\S+) \\| (mxhooks\\S+) \\| (.+) \\| (.+) \\|$");

    private static final Pattern JAR = Pattern.compile("WEB-INF/lib/(.+?)(-\\d.*)?\\.jar");
    private static final Pattern UNPACKED = Pattern.compile("<include>[^:<]+:([^:<]+)</include>");

    @ParameterizedTest
    @ValueSource(
            strings = {
                WAR,
                CLI,
                PORTAL,
                "mxhooks-api.jar",
                "mxhooks-api-sources.jar",
                "mxhooks-testkit.jar",
                "mxhooks-testkit-sources.jar"
            })
    void eachFileCarriesTheLicences(String file) throws IOException {
        try (ZipFile zip = new ZipFile(TARGET.resolve(file).toFile())) {
            for (String text : Set.of("LICENSE", "NOTICE", "THIRD-PARTY.md")) {
                try (InputStream packed = zip.getInputStream(zip.getEntry("META-INF/" + text))) {
                    assertThat(packed).hasBinaryContent(Files.readAllBytes(LEGAL.resolve(text)));
                }
            }
        }
    }

    @Test
    void theLicencesOfEachLibraryOfTheWarAreListed() throws IOException {
        assertThat(licences(WAR).keySet()).isEqualTo(librariesOfTheWar());
    }

    @ParameterizedTest
    @CsvSource({CLI + ",cli.xml", PORTAL + ",portal.xml"})
    void theLicencesOfEachUnpackedLibraryAreListed(String file, String assembly) throws IOException {
        Matcher unpacked = UNPACKED.matcher(Files.readString(Path.of("src/assembly", assembly)));

        assertThat(licences(file).keySet())
                .isEqualTo(unpacked.results().map(found -> found.group(1)).collect(Collectors.toSet()));
    }

    /** Each is a program of its own. */
    @Test
    void theWarHasNeitherTheCommandLineNorThePortal() throws IOException {
        try (ZipFile war = new ZipFile(TARGET.resolve(WAR).toFile())) {
            assertThat(war.stream().map(ZipEntry::getName))
                    .contains("WEB-INF/classes/org/mxhooks/inbox/")
                    .noneMatch(name -> name.matches("WEB-INF/classes/org/mxhooks/(cli|portal|terminal|testkit)/.+"));
        }
    }

    /** The list is made by a build that is not offline ({@code mvn -o}). */
    @Test
    void theWarListsItsComponentsWithTheSameLicences() throws IOException {
        Map<String, Set<String>> components = new TreeMap<>();
        for (JsonObject component : billOfMaterials().getJsonArray("components").getValuesAs(JsonObject.class)) {
            components.put(component.getString("name"), spdxLicences(component));
        }
        Map<String, String> listed = licences(WAR);

        assertThat(components.keySet()).isEqualTo(listed.keySet());
        assertThat(components)
                .allSatisfy(
                        (library, licences) -> assertThat(listed.get(library).split(" OR "))
                                .as(library)
                                .containsAll(licences)
                                .isNotEmpty());
    }

    private static Set<String> librariesOfTheWar() throws IOException {
        try (ZipFile war = new ZipFile(TARGET.resolve(WAR).toFile())) {
            return war.stream()
                    .map(entry -> JAR.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map(jar -> jar.group(1))
                    .filter(Predicate.not(API::equals))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static JsonObject billOfMaterials() throws IOException {
        try (ZipFile war = new ZipFile(TARGET.resolve(WAR).toFile());
                JsonReader reader = Json.createReader(war.getInputStream(war.getEntry("META-INF/sbom.cdx.json")))) {
            return reader.readObject();
        }
    }

    /** Those that the tool knows by their identifiers. */
    private static Set<String> spdxLicences(JsonObject component) {
        return component.getJsonArray("licenses").getValuesAs(JsonObject.class).stream()
                .map(licence -> licence.getJsonObject("license").getString("id", ""))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toSet());
    }

    /** The licences of each library in a file, as {@code THIRD-PARTY.md} lists them. */
    private static Map<String, String> licences(String file) throws IOException {
        return ROW.matcher(Files.readString(LEGAL.resolve("THIRD-PARTY.md")))
                .results()
                .filter(row -> row.group(2).equals(file))
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(3)));
    }
}
