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

/** Creates the tables before anything can arrive. */
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
            statement.execute("create table if not exists companion_label (id bigint primary key, text varchar(20),"
                    + " constraint companion_label_once unique (text))");
            statement.execute("insert into companion_label values (0, 'taken') on conflict do nothing");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
