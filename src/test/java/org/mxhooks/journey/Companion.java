package org.mxhooks.journey;

import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The built WAR, with or without a companion module in its {@code WEB-INF/lib}. */
public final class Companion {

    private Companion() {}

    /** The WAR with a companion module of these classes. */
    public static WebArchive warWith(Class<?>... classes) {
        return with(companion(classes));
    }

    private static JavaArchive companion(Class<?>... classes) {
        return ShrinkWrap.create(JavaArchive.class, "companion.jar")
                .addClasses(classes)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    private static WebArchive with(JavaArchive companion) {
        WebArchive war = war().addAsLibrary(companion);
        BuiltWar.assertUnchangedIn(war, "WEB-INF/lib/companion.jar");
        return war;
    }

    /** As {@link #warWith}, with a persistence unit for its entities. */
    static WebArchive warWithJpa(Class<?>... classes) {
        return with(companion(classes).addAsManifestResource("companion/persistence.xml", "persistence.xml"));
    }

    /** As {@link #warWith}, in a directory, under the name that gives it its context root. */
    public static Path writeWarWith(Path directory, Class<?>... classes) {
        File file = directory.resolve("mxhooks.war").toFile();
        warWith(classes).as(ZipExporter.class).exportTo(file, true);
        return file.toPath();
    }

    /** The WAR as it was built. */
    public static WebArchive war() {
        WebArchive war = ShrinkWrap.createFromZipFile(WebArchive.class, BuiltWar.FILE);
        BuiltWar.assertUnchangedIn(war);
        return war;
    }
}
