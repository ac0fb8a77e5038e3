package org.mxhooks.signature;

import java.util.Optional;

/** The headers of a request. */
@FunctionalInterface
public interface RequestHeaders {

    /** The value of a header whose name is compared without regard to case (RFC 9110 section 5.1), if it was sent. */
    Optional<String> value(String name);
}
