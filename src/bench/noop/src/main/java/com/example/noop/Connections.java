package com.example.noop;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** To the database that {@code keeper.url} names. */
@ApplicationScoped
public class Connections {

    Connection open() throws SQLException {
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setURL(System.getProperty("keeper.url"));
        postgres.setUser("postgres");
        postgres.setReWriteBatchedInserts(true);
        return postgres.getConnection();
    }
}
