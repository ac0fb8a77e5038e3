package org.mxhooks.cli;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The cursors of a list that is read page by page; detects a repeated one, which would be followed without end. */
final class Cursors {

    private final Set<String> seen = new HashSet<>();

    /** The cursor after a page; empty after the last. */
    Optional<String> after(ApiPage page) throws CommandFailure {
        if (page.next().isPresent() && !seen.add(page.next().get())) {
            throw CommandFailure.refused(
                    "the server repeats a page (the same cursor twice). Is mxhooks at this --url?");
        }
        return page.next();
    }
}
