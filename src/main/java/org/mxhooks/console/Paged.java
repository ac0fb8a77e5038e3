package org.mxhooks.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mxhooks.mirror.Change;
import org.mxhooks.mirror.Selection;

/**
 * A page of what the mirror lists.
 *
 * @param found one more than {@link #LIMIT} shows that another page follows
 * @param change where a page ends that ends with an entry
 */
record Paged<T>(List<T> found, Function<T, Change> change) {

    static final int LIMIT = 50;

    /** What to read of a list for a page that begins where the parameter says. */
    static Selection selection(PageQuery query, String after) {
        return new Selection(Optional.empty(), Optional.empty(), query.change(after), LIMIT + 1);
    }

    List<T> rows() {
        return found.subList(0, Math.min(LIMIT, found.size()));
    }

    /** As it stands in the address of the next page; empty if there is none. */
    Optional<String> next() {
        return found.size() > LIMIT
                ? Optional.of(PageQuery.word(change.apply(found.get(LIMIT - 1))))
                : Optional.empty();
    }
}
