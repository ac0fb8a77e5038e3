package com.example.jakarta;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/** The pool, with a connection for each of the load. */
@Singleton
@DataSourceDefinition(
        name = "java:app/jdbc/receiver",
        className = "com.example.jakarta.ConfiguredDataSource",
        minPoolSize = 0,
        initialPoolSize = 0,
        maxPoolSize = 32)
public class Database {}
