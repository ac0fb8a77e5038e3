package org.mxhooks.operations;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.inbox.DeliverySummary;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

/** Writes lists, with the names that the API has for their columns. */
record Downloads(Search search) {

    private static final System.Logger LOG = System.getLogger(Downloads.class.getName());
    private static final int PAGE = 500;

    private static final List<String> SUMMARY = List.of(
            "delivery",
            "endpoint",
            "receivedAt",
            "category",
            "action",
            "appId",
            "resourceType",
            "resourceId",
            "portalId");
    private static final List<String> DELIVERY = summaryAnd("state");
    private static final List<String> DEAD = summaryAnd("consumer", "deadAt", "attempts", "reason", "message");
    private static final List<String> CONSUMER =
            List.of("name", "pending", "parked", "replays", "dead", "oldestPending", "paused", "deployed");

    private static List<String> summaryAnd(String... others) {
        return Stream.concat(SUMMARY.stream(), Stream.of(others)).toList();
    }

    /** The first page is read before anything is written, so that a failure then can be answered as one. */
    void deliveries(DeliveryFilter filter, long before, Download to) throws SQLException, IOException {
        DeliveryPage page = search.deliveries(filter, before, PAGE);
        to.head(DELIVERY);
        long at = before;
        int rows = 0;
        int searched = 0;
        while (!to.isAbandoned()) {
            for (FoundDelivery found : page.found()) {
                Map<String, Object> row = summary(found.summary());
                row.put("state", found.state().name().toLowerCase(Locale.ROOT));
                to.row(row);
                at = found.summary().position();
            }
            rows += page.found().size();
            searched += page.next().isPresent() ? 1 : 0;
            at = page.next().orElse(at);
            if (page.next().isEmpty() && page.found().size() < PAGE) {
                to.end();
                return;
            }
            if (rows >= Download.MAX_ROWS || searched >= Download.MAX_SEARCHED_PAGES) {
                to.cut(at);
                return;
            }
            try {
                page = search.deliveries(filter, at, PAGE);
            } catch (SQLException e) {
                LOG.log(WARNING, "Storage unavailable; a download of deliveries was cut: {0}", e.toString());
                to.cut(at);
                return;
            }
        }
    }

    /** As above. */
    void dead(Optional<String> consumer, Optional<String> reason, Download to) throws SQLException, IOException {
        List<DeadLetter> page = search.deadLetters(consumer, reason, Long.MAX_VALUE, "", PAGE);
        to.head(DEAD);
        while (!to.isAbandoned()) {
            for (DeadLetter letter : page) {
                Map<String, Object> row = summary(letter.summary());
                row.put("consumer", letter.consumer().orElse(""));
                row.put("deadAt", letter.deadAt());
                row.put("attempts", (long) letter.attempts());
                row.put("reason", letter.reason());
                row.put("message", letter.message());
                to.row(row);
            }
            if (page.size() < PAGE) {
                to.end();
                return;
            }
            DeadLetter last = page.get(PAGE - 1);
            long before = last.summary().position();
            try {
                page = search.deadLetters(
                        consumer, reason, before, last.consumer().orElse(""), PAGE);
            } catch (SQLException e) {
                LOG.log(WARNING, "Storage unavailable; a download of dead letters was cut: {0}", e.toString());
                to.cut(before);
                return;
            }
        }
    }

    void consumers(List<Backlog> backlogs, Download to) throws IOException {
        to.head(CONSUMER);
        for (Backlog backlog : backlogs) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", backlog.consumer());
            row.put("pending", backlog.pending());
            row.put("parked", backlog.parked());
            row.put("replays", backlog.replays());
            row.put("dead", backlog.dead());
            row.put(
                    "oldestPending",
                    backlog.oldestPending().map(Object.class::cast).orElse(""));
            row.put("paused", backlog.paused());
            row.put("deployed", backlog.deployed());
            to.row(row);
        }
        to.end();
    }

    private static Map<String, Object> summary(DeliverySummary summary) {
        Attributes attributes = summary.attributes();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("delivery", summary.delivery());
        row.put("endpoint", summary.endpoint());
        row.put("receivedAt", summary.receivedAt());
        row.put("category", attributes.category());
        row.put("action", attributes.action());
        row.put("appId", attributes.appId().orElse(""));
        row.put("resourceType", attributes.resource().map(Resource::type).orElse(""));
        row.put("resourceId", attributes.resource().map(Downloads::id).orElse(""));
        row.put("portalId", attributes.portalId().orElse(""));
        return row;
    }

    private static Object id(Resource resource) {
        return resource.number().isPresent() ? (Object) resource.number().getAsLong() : resource.id();
    }
}
