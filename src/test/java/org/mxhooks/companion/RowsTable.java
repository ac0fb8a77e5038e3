package org.mxhooks.companion;

import static jakarta.ejb.TransactionManagementType.BEAN;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Creates the table before anything can arrive. */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class RowsTable {
    @Resource(lookup = Rows.DATA_SOURCE)
    DataSource dataSource;

    @PostConstruct
    void create() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists companion_row (story bigint, number integer)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
