package org.mxhooks.process.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.mxhooks.journey.Companion;

/** The WAR as its next release might be: with migrations, which add and take nothing away. */
public final class NextRelease {

    private static final List<String> MIGRATIONS = List.of("V1000__columns.sql", "V1001__index.sql");

    private NextRelease() {}

    /** Writes it with a companion module of these classes. */
    public static Path writeWarWith(Path directory, Class<?>... classes) {
        File file = directory.resolve("mxhooks.war").toFile();
        WebArchive war = Companion.warWith(classes);
        MIGRATIONS.forEach(
                migration -> war.addAsResource("later-schema/" + migration, "org/mxhooks/database/" + migration));
        war.as(ZipExporter.class).exportTo(file, true);
        return file.toPath();
    }
}
