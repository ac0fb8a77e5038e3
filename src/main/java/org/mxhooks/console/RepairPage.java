package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.operations.BoundedCount;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.Repairs;

/** Asks before something is done with many dead letters or deliveries: shows how many, takes a note or a period. */
@Named
@RequestScoped
public class RepairPage {

    private static final List<String> ORDERS = List.of("replay-dead", "discard-dead", "replay-period", "discard");

    @Inject
    HttpServletRequest request;

    @Inject
    Operations operations;

    @Inject
    Repairs repairs;

    private PageQuery query;
    private String order;
    private Instant from;
    private Instant to;
    private BoundedCount count = BoundedCount.NONE;

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        order = query.text("order").filter(ORDERS::contains).orElse("");
        from = query.instant("from").orElse(null);
        to = query.instant("to").orElse(null);
        if (query.problems().isEmpty()) {
            count = PageData.read(this::counted);
        }
    }

    private BoundedCount counted() throws Exception {
        Optional<String> consumer = query.text("consumer");
        Optional<String> reason = query.text("reason");
        return switch (order) {
            case "replay-dead" -> operations.countReplayable(consumer, reason);
            case "discard-dead" -> operations.countDead(consumer, reason);
            case "replay-period" ->
                from == null ? BoundedCount.NONE : repairs.countPeriod(from, to == null ? Instant.now() : to);
            default -> BoundedCount.NONE;
        };
    }

    /** What is ordered, in one word; empty if it is not known. */
    public String getOrder() {
        return order;
    }

    /** The key of the text that says what is ordered. */
    public String getTitle() {
        return order.isEmpty() ? "repair.unknown" : "repair." + order;
    }

    /** Whether the page has all it needs to ask. */
    public boolean isReady() {
        boolean known = !order.isEmpty() && query.problems().isEmpty();
        return known && (order.equals("discard") || count.number() > 0) && (!isPeriod() || isOneConsumer());
    }

    /** Whether deliveries of a period are replayed. */
    public boolean isPeriod() {
        return order.equals("replay-period");
    }

    private boolean isOneConsumer() {
        return query.text("consumer").isPresent();
    }

    /** Whether a note is taken. */
    public boolean isNoted() {
        return order.startsWith("discard");
    }

    /** How many it is about. */
    public BoundedCount getCount() {
        return count;
    }

    /** The begin of the period that was chosen, or null. */
    public Instant getFrom() {
        return from;
    }

    /** The end of the period that was chosen, or null. */
    public Instant getTo() {
        return to;
    }

    /** The begin of the period, as it is sent on; empty until it is chosen. */
    public String getBegin() {
        return from == null ? "" : from.toString();
    }

    /** The end of the period, as it is sent on: now, if none was chosen. */
    public String getEnd() {
        return (to == null ? Instant.now() : to).toString();
    }

    /** How long a note may be. */
    public int getMaxNote() {
        return Operations.MAX_NOTE;
    }

    /** The page that was left, or that shows the result. */
    public String getBack() {
        return switch (order) {
            case "discard" -> PageUrl.of("delivery", "id", value("delivery"));
            case "replay-period" -> "consumers";
            default -> PageUrl.of("dead-letters", "consumer", value("consumer"), "reason", value("reason"));
        };
    }

    /** What was sent. */
    public String value(String name) {
        return query.text(name).orElse("");
    }

    /** What could not be understood. */
    public List<String> getProblems() {
        return query.problems();
    }
}
