package org.mxhooks.monitoring;

import java.util.Optional;

/**
 * Health of a part.
 *
 * @param name of the part
 * @param up whether it does its work
 * @param reason why it does not; public
 */
record Check(String name, boolean up, Optional<String> reason) {

    static Check of(String name, boolean up, String otherwise) {
        return new Check(name, up, up ? Optional.empty() : Optional.of(otherwise));
    }
}
