package org.mxhooks.web;

import java.util.Set;

/** Methods that request no change (RFC 9110 section 9.2.1). */
public final class SafeMethods {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private SafeMethods() {}

    /** Whether a method is safe. */
    public static boolean contains(String method) {
        return METHODS.contains(method);
    }
}
