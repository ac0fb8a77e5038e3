package org.mxhooks.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.operations.BodyText;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.DeliveryFilter;

/** The filter of deliveries in the query of a page. */
record DeliveryQuery(PageQuery query) {

    private static final List<String> NAMES =
            List.of("endpoint", "category", "portalId", "appId", "resourceId", "text", "field", "state", "from", "to");

    DeliveryFilter filter() {
        Optional<String> field = query.text("field");
        return new DeliveryFilter(
                query.text("endpoint"),
                query.text("category"),
                query.text("portalId"),
                query.text("appId"),
                query.text("resourceId"),
                query.text("text").map(text -> new BodyText(text, field)),
                query.oneOf("state", State.class),
                query.instant("from"),
                query.instant("to"));
    }

    long before() {
        return query.number("before").orElse(Long.MAX_VALUE);
    }

    boolean isFiltered() {
        return NAMES.stream().anyMatch(name -> query.text(name).isPresent());
    }

    /** Whether deliveries are read to find what matches. */
    boolean isSearch() {
        return filter().text().isPresent() || filter().readsTheLog();
    }

    /** A page with the same filter. */
    String url(String page, String... others) {
        List<String> parameters = new ArrayList<>(List.of(others));
        NAMES.forEach(name -> Stream.of(name, query.text(name).orElse("")).forEach(parameters::add));
        return PageUrl.of(page, parameters.toArray(String[]::new));
    }
}
