package org.mxhooks.process.benchmarks.bare;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.SprintEvent;

/**
 * Forty-nine consumers that want no event of a story. Eight of them want sprints, and hang with a connection as long as
 * a file is there.
 */
@ApplicationScoped
public class FortyNine {

    /** Names the file. */
    public static final String FILE = "hang.file";

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    @Consumer("one")
    void one(@Observes PackageUploadedEvent event) {}

    @Consumer("two")
    void two(@Observes PackageUploadedEvent event) {}

    @Consumer("three")
    void three(@Observes PackageUploadedEvent event) {}

    @Consumer("four")
    void four(@Observes PackageUploadedEvent event) {}

    @Consumer("five")
    void five(@Observes PackageUploadedEvent event) {}

    @Consumer("six")
    void six(@Observes PackageUploadedEvent event) {}

    @Consumer("seven")
    void seven(@Observes PackageUploadedEvent event) {}

    @Consumer("eight")
    void eight(@Observes PackageUploadedEvent event) {}

    @Consumer("nine")
    void nine(@Observes PackageUploadedEvent event) {}

    @Consumer("ten")
    void ten(@Observes PackageUploadedEvent event) {}

    @Consumer("eleven")
    void eleven(@Observes PackageUploadedEvent event) {}

    @Consumer("twelve")
    void twelve(@Observes PackageUploadedEvent event) {}

    @Consumer("thirteen")
    void thirteen(@Observes PackageUploadedEvent event) {}

    @Consumer("fourteen")
    void fourteen(@Observes PackageUploadedEvent event) {}

    @Consumer("fifteen")
    void fifteen(@Observes PackageUploadedEvent event) {}

    @Consumer("sixteen")
    void sixteen(@Observes PackageUploadedEvent event) {}

    @Consumer("seventeen")
    void seventeen(@Observes PackageUploadedEvent event) {}

    @Consumer("eighteen")
    void eighteen(@Observes PackageUploadedEvent event) {}

    @Consumer("nineteen")
    void nineteen(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty")
    void twenty(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-one")
    void twentyOne(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-two")
    void twentyTwo(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-three")
    void twentyThree(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-four")
    void twentyFour(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-five")
    void twentyFive(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-six")
    void twentySix(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-seven")
    void twentySeven(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-eight")
    void twentyEight(@Observes PackageUploadedEvent event) {}

    @Consumer("twenty-nine")
    void twentyNine(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty")
    void thirty(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-one")
    void thirtyOne(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-two")
    void thirtyTwo(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-three")
    void thirtyThree(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-four")
    void thirtyFour(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-five")
    void thirtyFive(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-six")
    void thirtySix(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-seven")
    void thirtySeven(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-eight")
    void thirtyEight(@Observes PackageUploadedEvent event) {}

    @Consumer("thirty-nine")
    void thirtyNine(@Observes PackageUploadedEvent event) {}

    @Consumer("forty")
    void forty(@Observes PackageUploadedEvent event) {}

    @Consumer("forty-one")
    void fortyOne(@Observes PackageUploadedEvent event) {}

    @Consumer("forty-two")
    void fortyTwo(@Observes SprintEvent event) {
        hang();
    }

    @Consumer("forty-three")
    void fortyThree(@Observes SprintEvent event) {
        hang();
    }

    @Consumer("forty-four")
    void fortyFour(@Observes SprintEvent event) {
        hang();
    }

    @Consumer("forty-five")
    void fortyFive(@Observes SprintEvent event) {
        hang();
    }

    @Consumer("forty-six")
    void fortySix(@Observes SprintEvent event) {
        hang();
    }

    @Consumer("forty-seven")
    void fortySeven(@Observes SprintEvent event) {
        hang();
    }

    @Consumer("forty-eight")
    void fortyEight(@Observes SprintEvent event) {
        hang();
    }

    @Consumer("forty-nine")
    void fortyNine(@Observes SprintEvent event) {
        hang();
    }

    private void hang() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            while (Files.exists(Path.of(System.getProperty(FILE)))) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
