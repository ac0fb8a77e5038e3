package org.mxhooks.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters of a request, in the order in which they were added. */
final class RequestParameters {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    RequestParameters and(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    RequestParameters and(String name, Optional<String> value) {
        value.map(Environment::set).flatMap(given -> given).ifPresent(given -> parameters.put(name, given));
        return this;
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
