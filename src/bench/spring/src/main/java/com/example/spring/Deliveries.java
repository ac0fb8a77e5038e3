package com.example.spring;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What arrived, once each. */
@Repository
class Deliveries {

    private final JdbcTemplate jdbc;

    Deliveries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns whether it was not kept before. */
    public boolean keep(String schema, UUID delivery, byte[] identity, byte[] body) {
        return jdbc.update(
                        "insert into " + schema + ".delivery (id, identity, received_at, body) values (?, ?, ?, ?)"
                                + " on conflict do nothing",
                        delivery.toString(),
                        identity,
                        OffsetDateTime.now(),
                        body)
                == 1;
    }
}
