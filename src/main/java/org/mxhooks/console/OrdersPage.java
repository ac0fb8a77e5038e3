package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.operations.RepairDetails;
import org.mxhooks.operations.Repairs;
import org.mxhooks.orders.WorkOrder;

/** The latest orders, and how far they are. */
@Named
@RequestScoped
public class OrdersPage {

    private static final int LIMIT = 50;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @Inject
    Repairs repairs;

    private List<OrderRow> rows;

    /**
     * An order, as the page shows it.
     *
     * @param id its id
     * @param kind what is done, a key of the texts
     * @param consumer whom it is about, or empty
     * @param reason of the dead letters that it is about, or empty
     * @param from begin of the period that is replayed, or null
     * @param to its end, or null
     * @param note what the user said about it, or empty
     * @param state in one word
     * @param by the user who gave it
     * @param at when
     * @param endedAt when it ended, or null
     * @param endedBy the user who cancelled it, or empty
     * @param done how much is done
     * @param total how much there is to do; as much as is done where that is not known
     * @param known whether that is known
     * @param failure why the last step failed, or empty
     */
    public record OrderRow(
            String id,
            String kind,
            String consumer,
            String reason,
            Instant from,
            Instant to,
            String note,
            String state,
            String by,
            Instant at,
            Instant endedAt,
            String endedBy,
            long done,
            long total,
            boolean known,
            String failure) {

        static OrderRow of(WorkOrder order) {
            Optional<RepairDetails> details = RepairDetails.of(order);
            return new OrderRow(
                    order.id().toString(),
                    "order." + order.kind(),
                    details.flatMap(RepairDetails::consumer).orElse(""),
                    details.flatMap(RepairDetails::reason).orElse(""),
                    details.flatMap(RepairDetails::from).orElse(null),
                    details.flatMap(RepairDetails::to).orElse(null),
                    details.flatMap(RepairDetails::note).orElse(""),
                    PageQuery.word(order.state()),
                    order.orderedBy(),
                    order.orderedAt(),
                    order.endedAt().orElse(null),
                    order.endedBy().orElse(""),
                    order.done(),
                    order.total().orElse(order.done()),
                    order.total().isPresent(),
                    order.failure().orElse(""));
        }

        /** Whether it replayed less than was received. */
        public boolean incomplete() {
            return from != null && state.equals("done") && done < total;
        }

        /** Whether it can be cancelled. */
        public boolean open() {
            return endedAt == null;
        }
    }

    @PostConstruct
    void read() {
        rows = PageData.read(() -> repairs.orders(LAST, LIMIT)).stream()
                .map(OrderRow::of)
                .toList();
    }

    /** The newest first. */
    public List<OrderRow> getRows() {
        return rows;
    }
}
