package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.mxhooks.ingest.RefusalLog;
import org.mxhooks.ingest.RefusedEntry;

/** Requests that were refused, by cause and network, and the latest of them. */
@Named
@RequestScoped
public class RefusedPage {

    private static final int LIMIT = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Figures figures;

    @Inject
    RefusalLog refusals;

    private PageQuery query;
    private List<GroupRow> groups;
    private List<RequestRow> rows;
    private String older = "";

    /**
     * Requests with the same endpoint, reason and network.
     *
     * @param url of the list of its requests
     */
    public record GroupRow(
            String endpoint, String reason, String network, long requests, Instant first, Instant latest, String url) {

        static GroupRow of(RefusedEntry.Group group) {
            return new GroupRow(
                    group.endpoint(),
                    group.reason(),
                    shown(group.network()),
                    group.requests(),
                    group.first(),
                    group.latest(),
                    PageUrl.of(
                            "refused",
                            "endpoint",
                            group.endpoint(),
                            "reason",
                            group.reason(),
                            "network",
                            group.network()));
        }

        /** Without the length of an address that stands for itself alone. */
        private static String shown(String network) {
            return network.contains(":") ? network : network.replaceFirst("/32$", "");
        }
    }

    /**
     * A request that stands for others like it.
     *
     * @param id by which the page keeps open what the user opened
     * @param size of the body in bytes, or negative
     * @param headers a line each
     * @param body its beginning, or empty
     */
    public record RequestRow(
            String id,
            Instant at,
            String endpoint,
            String reason,
            String address,
            long requests,
            String why,
            long size,
            String headers,
            String body) {

        static RequestRow of(RefusedEntry refusal) {
            return new RequestRow(
                    "r-" + refusal.id(),
                    refusal.at(),
                    refusal.endpoint(),
                    refusal.reason(),
                    refusal.address(),
                    refusal.requests(),
                    refusal.why(),
                    refusal.size(),
                    String.join("\n", refusal.headers()),
                    refusal.body());
        }
    }

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        long before = query.number("before").orElse(Long.MAX_VALUE);
        groups = figures.refused().stream().map(GroupRow::of).toList();
        List<RefusedEntry> found = PageData.read(() -> refusals.latest(
                query.text("endpoint"), query.text("reason"), query.text("network"), before, LIMIT + 1));
        rows = found.stream().limit(LIMIT).map(RequestRow::of).toList();
        if (found.size() > LIMIT) {
            older = PageUrl.of(
                    "refused",
                    "endpoint",
                    value("endpoint"),
                    "reason",
                    value("reason"),
                    "network",
                    value("network"),
                    "before",
                    String.valueOf(found.get(LIMIT - 1).id()));
        }
    }

    private String value(String name) {
        return query.text(name).orElse("");
    }

    /** By endpoint, reason and network; the one with the newest request first. */
    public List<GroupRow> getGroups() {
        return groups;
    }

    /** The newest first. */
    public List<RequestRow> getRows() {
        return rows;
    }

    /** Whether not all are shown. */
    public boolean isFiltered() {
        return !getShown().isEmpty();
    }

    /** What is shown alone, in words. */
    public String getShown() {
        String cause = value("reason");
        String words = ConsoleText.isText("refused." + cause) ? ConsoleText.text("refused." + cause) : cause;
        return String.join(" ", value("endpoint"), words, value("network")).strip();
    }

    /** Whether the newest are shown, which change. */
    public boolean isNewest() {
        return value("before").isEmpty();
    }

    /** The next page, or empty. */
    public String getOlder() {
        return older;
    }

    /** What is wrong with the address. */
    public List<String> getProblems() {
        return query.problems();
    }
}
