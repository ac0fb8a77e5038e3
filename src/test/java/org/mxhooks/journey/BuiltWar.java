package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The file that the build made, one for all servers. Arquillian writes an archive anew for each server, with other
 * times and in another order: the same are the files in it, byte for byte.
 */
final class BuiltWar {

    static final File FILE = new File(System.getProperty("war"));

    private BuiltWar() {}

    /** Of the whole file, as {@code sha256sum} tells it. */
    static String sha256() {
        try {
            return sha256(Files.readAllBytes(FILE.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is handed to the server has each file of the WAR, byte for byte, and beside them the added one and nothing
     * else.
     */
    static void assertUnchangedIn(WebArchive deployed, String... added) {
        try (InputStream file = Files.newInputStream(FILE.toPath());
                InputStream handedOver = new ByteArrayInputStream(bytes(deployed))) {
            Map<String, String> built = files(file);
            Map<String, String> found = files(handedOver);
            assertThat(found).containsAllEntriesOf(built).hasSize(built.size() + added.length);
            assertThat(found.keySet()).containsAll(List.of(added));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(WebArchive archive) throws IOException {
        try (InputStream stream = archive.as(ZipExporter.class).exportAsInputStream()) {
            return stream.readAllBytes();
        }
    }

    /** Each file's digest by its name. */
    private static Map<String, String> files(InputStream archive) throws IOException {
        Map<String, String> files = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                files.put(entry.getName(), sha256(zip.readAllBytes()));
            }
        }
        return files;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
