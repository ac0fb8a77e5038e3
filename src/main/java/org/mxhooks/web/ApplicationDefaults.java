package org.mxhooks.web;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all JAX-RS applications have in common. */
public final class ApplicationDefaults {

    private ApplicationDefaults() {}

    /** The classes to register: those given, and mappers that make a problem of every failure. */
    public static Set<Class<?>> classes(Class<?>... own) {
        Set<Class<?>> classes = new HashSet<>(List.of(own));
        classes.add(RefusalMapper.class);
        classes.add(FaultMapper.class);
        return classes;
    }

    /** Properties that keep the runtime from adding resources of its own: Jersey would add a WADL. */
    public static Map<String, Object> properties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
