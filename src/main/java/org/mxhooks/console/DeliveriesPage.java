package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.DeliveryPage;
import org.mxhooks.operations.Operations;
import org.mxhooks.settings.Settings;

/** The list of deliveries, newest first. */
@Named
@RequestScoped
public class DeliveriesPage {

    private static final int LIMIT = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Operations operations;

    @Inject
    Settings settings;

    private PageQuery query;
    private DeliveryQuery filter;
    private DeliveryPage page;

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        filter = new DeliveryQuery(query);
        page = PageData.read(() -> operations.deliveries(filter.filter(), filter.before(), LIMIT + 1));
    }

    /** One page. */
    public List<DeliveryRow> getRows() {
        return page.found().stream()
                .limit(LIMIT)
                .map(found -> DeliveryRow.of(found.summary(), found.state()))
                .toList();
    }

    /** The page of older deliveries; empty if there is none. */
    public String getOlder() {
        OptionalLong before = page.found().size() > LIMIT
                ? OptionalLong.of(page.found().get(LIMIT - 1).summary().position())
                : page.next();
        return before.isEmpty() ? "" : filter.url("deliveries", "before", String.valueOf(before.getAsLong()));
    }

    /** Whether this page ended before it was full, because what it looked through is enough for one. */
    public boolean isCut() {
        return page.next().isPresent();
    }

    /** All that match, as a file. */
    public String download(String format) {
        return filter.url("download", "list", "deliveries", "format", format);
    }

    /** Whether the newest are shown, which change. */
    public boolean isNewest() {
        return query.text("before").isEmpty();
    }

    /** Whether the page follows what arrives: not where that would repeat a search for each change and browser. */
    public boolean isLive() {
        return isNewest() && !filter.isSearch();
    }

    /** Whether anything is filtered. */
    public boolean isFiltered() {
        return filter.isFiltered();
    }

    /** The begin of the period that was chosen, or null. */
    public Instant getFrom() {
        return query.instant("from").orElse(null);
    }

    /** Its end, or null. */
    public Instant getTo() {
        return query.instant("to").orElse(null);
    }

    /** What was sent for a filter. */
    public String value(String name) {
        return query.text(name).orElse("");
    }

    /** What could not be understood. */
    public List<String> getProblems() {
        return query.problems();
    }

    /** The endpoints' names. */
    public List<String> getEndpoints() {
        return settings.endpoints().keySet().stream().sorted().toList();
    }

    /** The states to choose from. */
    public List<String> getStates() {
        return Stream.of(State.values()).map(PageQuery::word).toList();
    }

    /** The known categories. */
    public List<String> getCategories() {
        return List.of("stories", "sprints", "teamserver.push", "package.uploaded", "alerts", "unknown");
    }
}
