package org.mxhooks.process.harness;

import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.mxhooks.journey.Companion;

/** The WAR as its next release might be: with a migration, which adds and takes nothing away. */
public final class NextRelease {

    private static final String MIGRATION = """
            alter table delivery add column weight integer;
            create index delivery_weight on delivery (weight);
            alter table lane add column note varchar(100) default '' not null;
            alter table story add column weight integer;
            create table next_release (id bigint primary key);
            """;

    private NextRelease() {}

    /** Writes it with a companion module of these classes. */
    public static Path writeWarWith(Path directory, Class<?>... classes) {
        File file = directory.resolve("mxhooks.war").toFile();
        Companion.warWith(classes)
                .addAsResource(new StringAsset(MIGRATION), "org/mxhooks/database/V1000__next_release.sql")
                .as(ZipExporter.class)
                .exportTo(file, true);
        return file.toPath();
    }
}
