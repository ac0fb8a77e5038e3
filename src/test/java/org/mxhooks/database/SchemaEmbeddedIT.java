package org.mxhooks.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.settings.DatabaseSettings;

class SchemaEmbeddedIT extends SchemaSuite {

    private static final int DELIVERIES = 400;
    private static final String ALL_IN_NEXT_RELEASE = DELIVERIES + " deliveries, 1, 1000, 1001";
    private static final String ALL_IN_THIS_RELEASE = DELIVERIES + " deliveries, 1";
    private static final String DATA = "mxhooks.mv.db";
    private static final String BACKUP = DATA + ".before-migration";
    private static final String DRAFT = BACKUP + ".draft";
    private static final int KILLS = 12;

    @TempDir
    Path home;

    @TempDir
    Path copies;

    @BeforeEach
    void hookFiles() {
        HookedFile.register();
    }

    @AfterEach
    void releaseFiles() {
        HookedFile.deregister();
    }

    @Override
    TestDatabase empty() throws SQLException {
        return TestDatabase.h2(home);
    }

    @Override
    String remedy() {
        return "stop mxhooks and remove mxhooks.mv.db from mxhooks.home";
    }

    /** H2 commits each statement of a migration, so a process that is killed leaves those that it executed. */
    @Test
    void createsTheTablesAnewWhereAStartWasKilledWhileItDid() throws SQLException {
        database.migrated();
        List<String> complete = tables();
        rows("drop table mxhooks.work_order, mxhooks.undecodable");
        rows("delete from mxhooks.flyway_schema_history where \"version\" is not null");

        database.migrated();

        assertThat(tables()).isEqualTo(complete);
        assertThat(database.database().isUnsuitable()).isFalse();
    }

    /** H2 writes a table with a new column elsewhere, removes the old one and renames the new one. */
    @Test
    void hasAllDeliveriesWhereverAMigrationWasKilled() throws Exception {
        migratedWithDeliveries();
        List<Path> killed = new ArrayList<>();
        HookedFile.beforeEachWrite(() -> killed.add(copyOfHome(killed.size())));
        nextRelease().migrate();
        HookedFile.deregister();

        assertThat(afterStart(home)).isEqualTo(ALL_IN_NEXT_RELEASE);
        assertThat(killed).hasSizeGreaterThan(KILLS);
        assertThat(IntStream.range(0, KILLS)
                        .mapToObj(kill -> killed.get(kill * killed.size() / KILLS))
                        .map(SchemaEmbeddedIT::afterStart))
                .containsOnly(ALL_IN_NEXT_RELEASE);
    }

    /** As a kill leaves them while the backup is written, put back, and removed. */
    @ParameterizedTest
    @ValueSource(strings = {"writing", "putting back", "removing"})
    void hasAllDeliveriesWhereItWasKilledWithTheBackup(String step) throws Exception {
        migratedWithDeliveries();
        database.close();
        byte[] before = Files.readAllBytes(home.resolve(DATA));
        switch (step) {
            case "writing" -> Files.write(home.resolve(DRAFT), Arrays.copyOf(before, before.length / 2));
            case "putting back" -> {
                Files.write(home.resolve(BACKUP), before);
                Files.write(home.resolve(DATA), Arrays.copyOf(before, before.length / 2));
            }
            default -> {
                nextRelease().migrate();
                Files.createFile(home.resolve(BACKUP));
            }
        }

        assertThat(afterStart(home)).isEqualTo(ALL_IN_NEXT_RELEASE);
        assertThat(home).isDirectoryNotContaining("glob:**before-migration*");
    }

    /** Also the release before, to which an operator returns. */
    @Test
    void putsBackWhatAMigrationLeftBeforeTheDatabaseIsOpened() throws Exception {
        migratedWithDeliveries();
        database.close();
        Files.copy(home.resolve(DATA), copies.resolve(BACKUP));
        nextRelease().migrate();
        Files.copy(copies.resolve(BACKUP), home.resolve(BACKUP));

        assertThat(state(home)).isEqualTo(ALL_IN_THIS_RELEASE);
    }

    /** Whoever migrates has it open; only after it was closed is the backup one of an interrupted migration. */
    @Test
    void leavesABackupAloneWhileAnotherProcessHasTheDatabaseOpen() throws Exception {
        migratedWithDeliveries();
        database.close();
        byte[] before = Files.readAllBytes(home.resolve(DATA));
        Files.write(home.resolve(BACKUP), before);
        Files.write(home.resolve(DATA), "migrating".repeat(10_000).getBytes(US_ASCII));
        try (FileChannel other = FileChannel.open(home.resolve(DATA), StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThatThrownBy(nextRelease()::migrate).hasMessageContaining("already in use");
            assertThat(lock.isValid()).isTrue();
        }
        assertThat(home.resolve(BACKUP)).hasBinaryContent(before);
        assertThat(home.resolve(DATA)).content().startsWith("migrating");

        assertThat(afterStart(home)).isEqualTo(ALL_IN_NEXT_RELEASE);
    }

    /** A full disk closes the database; the next try of the same process finds it as it was. */
    @ParameterizedTest
    @ValueSource(ints = {40, 60})
    void migratesOnceADiskThatWasFullHasSpaceAgain(int writes) throws Exception {
        migratedWithDeliveries();
        AtomicInteger left = new AtomicInteger(writes);
        HookedFile.beforeEachWrite(() -> {
            if (left.getAndDecrement() <= 0) {
                throw new IOException("No space left on device");
            }
        });
        assertThatThrownBy(nextRelease()::migrate).isInstanceOf(SQLException.class);
        HookedFile.deregister();

        assertThat(afterStart(home)).isEqualTo(ALL_IN_NEXT_RELEASE);
        assertThat(rows("select count(*) from mxhooks.delivery")).containsExactly(String.valueOf(DELIVERIES));
    }

    /** Whatever is still open. */
    @Test
    void isAsItWasAfterAMigrationThatFails() throws Exception {
        migratedWithDeliveries();
        Driver driver = new Driver(settings(home), SessionLimits.MIGRATION);
        try (Connection ofPool = driver.connect()) {
            assertThatThrownBy(() -> EmbeddedSessions.of(driver.url()).migrate(() -> {
                        try (Statement statement = driver.connect().createStatement()) {
                            statement.execute("drop table mxhooks.delivery cascade");
                        }
                        throw new SQLException("fails");
                    }))
                    .hasMessage("fails");
            assertThat(ofPool.isClosed()).isTrue();
        }

        assertThat(state(home)).isEqualTo(ALL_IN_THIS_RELEASE);
    }

    @Test
    void staysAsItIsWithoutSpaceForABackupAndSaysHowMuchThatNeeds() throws Exception {
        migratedWithDeliveries();
        Files.createDirectories(home.resolve(DRAFT).resolve("in the way"));

        assertThatThrownBy(nextRelease()::migrate)
                .isInstanceOf(SQLException.class)
                .hasMessageMatching(
                        "the embedded database is not migrated without a copy of it, which needs \\d{5,} bytes beside .*");
        Files.delete(home.resolve(DRAFT).resolve("in the way"));

        assertThat(state(home)).isEqualTo(ALL_IN_THIS_RELEASE);
        assertThat(afterStart(home)).isEqualTo(ALL_IN_NEXT_RELEASE);
    }

    @Test
    void keepsItsBackupFromOtherUsersAndNoLongerThanNeeded() throws Exception {
        migratedWithDeliveries();
        Set<String> permissions = new HashSet<>();
        HookedFile.beforeEachWrite(() -> {
            if (Files.exists(home.resolve(BACKUP))) {
                permissions.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(BACKUP))));
            }
        });
        nextRelease().migrate();
        HookedFile.deregister();

        assertThat(permissions).containsExactly("rw-------");
        assertThat(home).isDirectoryNotContaining("glob:**before-migration*");
    }

    @Test
    void migratesADatabaseInMemoryThatHasNoFile() throws SQLException {
        DatabaseSettings settings = new DatabaseSettings(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", Optional.of("sa"), Optional.empty(), true);
        new Database(settings).migrate();
        nextRelease(settings).migrate();

        assertThat(state(settings)).isEqualTo("0 deliveries, 1, 1000, 1001");
    }

    private Path copyOfHome(int number) throws IOException {
        Path copy = Files.createDirectory(copies.resolve(String.valueOf(number)));
        for (String file : List.of(DATA, BACKUP)) {
            if (Files.exists(home.resolve(file))) {
                Files.copy(home.resolve(file), copy.resolve(file));
            }
        }
        return copy;
    }

    /** What a start makes of a directory: how many deliveries, of which version. */
    private static String afterStart(Path home) {
        try {
            nextRelease(home).migrate();
            return state(home);
        } catch (SQLException e) {
            return e.toString();
        }
    }

    private static String state(Path home) throws SQLException {
        return state(settings(home));
    }

    private static String state(DatabaseSettings settings) throws SQLException {
        try (Connection connection = new Driver(settings, SessionLimits.MIGRATION).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select (select count(*) from mxhooks.delivery) || ' deliveries, '
                            || (select listagg("version", ', ') within group (order by "installed_rank")
                                from mxhooks.flyway_schema_history where "version" is not null and "success")
                        """)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Schema nextRelease(Path home) {
        return nextRelease(settings(home));
    }

    private static Schema nextRelease(DatabaseSettings settings) {
        return new Schema(
                new Driver(settings, SessionLimits.MIGRATION), true, Schema.MIGRATIONS, "classpath:later-schema");
    }

    private static DatabaseSettings settings(Path home) {
        return new DatabaseSettings(
                "jdbc:h2:" + UninterruptedFile.SCHEME + ":" + home.resolve("mxhooks"),
                Optional.of("sa"),
                Optional.empty(),
                true);
    }

    private void migratedWithDeliveries() throws SQLException {
        database.migrated();
        rows("""
                insert into mxhooks.delivery
                    (position, delivery, received_at, lane, endpoint, scheme, identity, category, action)
                select "X", random_uuid(), current_timestamp, mod("X", 32), 'default', 'projects',
                    hash('SHA-256', cast("X" as varchar)), 'story', 'updated'
                from system_range(1, %s)
                """.formatted(DELIVERIES));
    }

    private List<String> tables() throws SQLException {
        return rows("select table_name from information_schema.tables where table_schema = 'mxhooks' order by 1");
    }
}
