package org.mxhooks.access;

import static java.util.stream.Collectors.joining;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a form of the console requests, as the {@link AuditLog} shows it: the fields that decide it, as in a query, and
 * neither the token nor anything else that could push them out of the line.
 */
final class ChangeForm {

    private static final int MAX_VALUE = 200;

    private ChangeForm() {}

    /** @param field the value of a form's field, or null */
    static String target(String path, UnaryOperator<String> field) {
        String fields = Stream.of(
                        "change",
                        "endpoint",
                        "consumer",
                        "delivery",
                        "subscription",
                        "id",
                        "from",
                        "to",
                        "reason",
                        "erasure",
                        "app")
                .flatMap(name -> Optional.ofNullable(field.apply(name))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .map(value -> name + "=" + cut(value))
                        .stream())
                .collect(joining("&"));
        return fields.isEmpty() ? path : path + "?" + fields;
    }

    private static String cut(String value) {
        return value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "…" : value;
    }
}
