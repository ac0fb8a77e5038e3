package org.mxhooks.process.benchmarks.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A bare JDBC loop that inserts the rows that mxhooks kept last into copies of its tables, on one connection, in
 * batches with a commit each: what an inbox cannot surpass.
 */
final class BulkLoop {

    private static final int ROWS = 40_000;

    private final BenchDatabase database;
    private final List<CopiedTable> tables = new ArrayList<>();

    BulkLoop(BenchDatabase database) {
        this.database = database;
    }

    /** The rows of a table that came with one delivery each. */
    private record CopiedTable(String name, List<Object[]> rows) {
        PreparedStatement insert(Connection connection) throws SQLException {
            String parameters = String.join(", ", Collections.nCopies(rows.get(0).length, "?"));
            return connection.prepareStatement("insert into bulk." + name + " values (" + parameters + ")");
        }
    }

    /** Takes what is in the inbox now. */
    void copy() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists bulk cascade");
            statement.execute("create schema bulk");
            tables.clear();
            for (String table : List.of("delivery", "body")) {
                if (database.text("select to_regclass('mxhooks." + table + "')") != null) {
                    statement.execute("create table bulk.%s (like mxhooks.%1$s including all)".formatted(table));
                    tables.add(new CopiedTable(table, read(statement, table)));
                }
            }
        }
    }

    private static List<Object[]> read(Statement statement, String table) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(
                "select * from (select * from mxhooks.%s order by position desc limit %s) as last order by position"
                        .formatted(table, ROWS))) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                Object[] values = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    values[i] = row.getObject(i + 1);
                }
                rows.add(values);
            }
        }
        return rows;
    }

    /** Inserts all rows; returns how many deliveries each second. */
    double perSecond(int batch) throws SQLException {
        int deliveries = tables.get(0).rows().size();
        long begin = System.nanoTime();
        insert(batch, deliveries);
        return deliveries / SignedLoad.seconds(begin);
    }

    /** How long each of some commits of one row took, in nanoseconds, in order. */
    long[] commits(int howMany) throws SQLException {
        return insert(1, Math.min(howMany, tables.get(0).rows().size()));
    }

    private long[] insert(int batch, int deliveries) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (CopiedTable table : tables) {
                statement.execute("truncate bulk." + table.name());
            }
            connection.setAutoCommit(false);
            List<PreparedStatement> inserts = new ArrayList<>();
            for (CopiedTable table : tables) {
                inserts.add(table.insert(connection));
            }
            long[] nanos = new long[(deliveries + batch - 1) / batch];
            for (int i = 0; i < nanos.length; i++) {
                long begin = System.nanoTime();
                for (int t = 0; t < inserts.size(); t++) {
                    insert(inserts.get(t), tables.get(t).rows(), i * batch, Math.min(deliveries, (i + 1) * batch));
                }
                connection.commit();
                nanos[i] = System.nanoTime() - begin;
            }
            Arrays.sort(nanos);
            return nanos;
        }
    }

    private static void insert(PreparedStatement insert, List<Object[]> rows, int from, int to) throws SQLException {
        for (Object[] row : rows.subList(from, to)) {
            for (int i = 0; i < row.length; i++) {
                insert.setObject(i + 1, row[i]);
            }
            insert.addBatch();
        }
        insert.executeBatch();
    }
}
