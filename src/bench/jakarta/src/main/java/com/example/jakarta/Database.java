package com.example.jakarta;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/** The pool, as large as that of mxhooks. */
@Singleton
@DataSourceDefinition(
        name = "java:app/jdbc/receiver",
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${MPCONFIG=receiver.url}",
        user = "postgres",
        password = "unasked",
        minPoolSize = 32,
        initialPoolSize = 32,
        maxPoolSize = 32)
public class Database {}
