package org.mxhooks.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;

/** That an export sorts nothing, however much there is of an app. */
@Tag("persistence")
class AppRowsPostgresIT {

    @Test
    void eachPageIsAPieceOfAnIndex() throws SQLException {
        try (TestDatabase database = TestDatabase.postgres().migrated();
                Connection connection = database.database().connect();
                Statement settings = connection.createStatement()) {
            settings.execute("set enable_seqscan = off");
            settings.execute("set enable_sort = off"); // a plan has one only where there is no other
            for (AppRows rows : AppRows.ALL) {
                assertThat(plan(connection, rows.query(false), List.of("app")))
                        .as(rows.name())
                        .contains("Index Scan")
                        .doesNotContain("Sort");
                assertThat(plan(connection, rows.query(true), furtherParameters(rows)))
                        .as(rows.name())
                        .contains("Index Scan")
                        .doesNotContain("Sort");
            }
        }
    }

    private static List<Object> furtherParameters(AppRows rows) {
        List<Object> parameters =
                new ArrayList<>(List.of("app", value(rows.key().get(0))));
        rows.key().forEach(column -> parameters.add(value(column)));
        return parameters;
    }

    private static Object value(String column) {
        return switch (column) {
            case "delivery" -> "some";
            case "received_at" -> OffsetDateTime.now();
            default -> 1L;
        };
    }

    private static String plan(Connection connection, String query, List<Object> parameters) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("explain " + query)) {
            for (int i = 0; i < parameters.size(); i++) {
                explain.setObject(i + 1, parameters.get(i));
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet line = explain.executeQuery()) {
                while (line.next()) {
                    plan.append(line.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}
