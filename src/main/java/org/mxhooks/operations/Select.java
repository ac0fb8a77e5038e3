package org.mxhooks.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds a statement with its parameters. */
final class Select {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    Select add(String sql, Object... values) {
        text.append(' ').append(sql);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Adds something that has the value as its only parameter, if there is one. */
    Select add(String sql, Optional<?> value) {
        value.ifPresent(known -> add(sql, known));
        return this;
    }

    Select add(Optional<Select> other) {
        return other.map(this::add).orElse(this);
    }

    Select add(Select other) {
        return add(other.text.toString(), other.parameters());
    }

    String text() {
        return text.toString();
    }

    Object[] parameters() {
        return parameters.toArray();
    }
}
