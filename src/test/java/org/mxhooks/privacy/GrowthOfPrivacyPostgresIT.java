package org.mxhooks.privacy;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.mirror.AppRows;
import org.mxhooks.operations.Growth;

/** A piece of an erasure or an export costs as much where much is kept as where little is. */
@Tag("persistence")
class GrowthOfPrivacyPostgresIT {

    @Test
    void piecesOfAnErasure() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            Sweep sweep = new Sweep(
                    new Sql(explained), new Redaction(ErasedPerson.of(List.of("grace@example.com")), List.of()));
            Map<String, Callable<?>> pieces = new LinkedHashMap<>();
            for (TextTable table : Inbox.TEXTS) {
                pieces.put(table.place(), () -> sweep.next(table, List.of(inbox.head() - 5_000 + ""), true));
            }
            for (TextTable table : Engine.TEXTS) {
                pieces.put(table.place(), () -> sweep.next(table, List.of("consumer-1", "5"), true));
            }
            return pieces;
        });
    }

    @Test
    void piecesOfAnExport() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            mirror(new Sql(database.dataSource()), inbox.head() / 4);
            Map<String, Callable<?>> pieces = new LinkedHashMap<>();
            pieces.put("deliveries", () -> inbox.ofApp("app", inbox.head() / 2));
            for (AppRows rows : AppRows.ALL) {
                pieces.put(rows.name(), () -> rows.page(new Sql(explained), "app", List.of()));
            }
            return pieces;
        });
    }

    private static void mirror(Sql sql, long rows) throws SQLException {
        sql.update("""
                insert into mxhooks.package (delivery, app_id, received_at, position, upload_time)
                select cast(gen_random_uuid() as varchar), 'app', current_timestamp, n, current_timestamp
                from generate_series(1, ?) as n""", rows);
        sql.update("""
                insert into mxhooks.alert_version (delivery, service_id, app_id, environment_id, service, severity, is_open,
                    position, superseded_at)
                select cast(gen_random_uuid() as varchar), 'service', 'app', '', '', '', true, n, current_timestamp
                from generate_series(1, ?) as n""", rows);
        sql.update("analyze mxhooks.package, mxhooks.alert_version");
    }
}
