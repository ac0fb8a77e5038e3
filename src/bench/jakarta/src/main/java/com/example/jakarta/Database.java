package com.example.jakarta;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/** The pool, as large as that of mxhooks. */
@Singleton
@DataSourceDefinition(
        name = "java:app/jdbc/receiver",
        className = "com.example.jakarta.ConfiguredDataSource",
        minPoolSize = 0,
        initialPoolSize = 0,
        maxPoolSize = 32)
public class Database {}
