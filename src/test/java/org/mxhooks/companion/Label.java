package org.mxhooks.companion;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of a table that takes each text once. */
@Entity
@Table(name = "companion_label")
public class Label {
    @Id
    long id;

    String text;

    protected Label() {}

    Label(long id, String text) {
        this.id = id;
        this.text = text;
    }
}
