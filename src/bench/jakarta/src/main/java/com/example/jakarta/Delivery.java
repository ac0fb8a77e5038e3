package com.example.jakarta;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.OffsetDateTime;

/** What arrived. */
@Entity
public class Delivery {

    @Id
    String id;

    byte[] identity;

    @Column(name = "received_at")
    OffsetDateTime receivedAt;

    byte[] body;

    protected Delivery() {}

    Delivery(String id, byte[] identity, OffsetDateTime receivedAt, byte[] body) {
        this.id = id;
        this.identity = identity;
        this.receivedAt = receivedAt;
        this.body = body;
    }
}
