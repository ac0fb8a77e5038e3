package org.mxhooks.console;

import static java.util.Comparator.comparing;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.DeliveryDetail;
import org.mxhooks.operations.Operations;

/** One delivery in full. */
@Named
@RequestScoped
public class OneDeliveryPage {

    @Inject
    HttpServletRequest request;

    @Inject
    Operations operations;

    private String id;
    private Optional<DeliveryDetail> detail = Optional.empty();
    private String pretty = "";

    @PostConstruct
    void read() {
        PageQuery query = new PageQuery(request);
        id = query.text("id").orElse("");
        detail = query.uuid("id").flatMap(known -> PageData.read(() -> operations.delivery(known)));
        pretty = detail.flatMap(known -> known.entry().body())
                .flatMap(ShownBody::pretty)
                .orElse("");
    }

    /** What was asked for. */
    public String getId() {
        return id;
    }

    /** Whether there is such a delivery. */
    public boolean isFound() {
        return detail.isPresent();
    }

    /** What the list shows of it. */
    public DeliveryRow getRow() {
        return detail.map(known -> DeliveryRow.of(known.entry().summary(), known.state()))
                .orElse(null);
    }

    /** The scheme that verified it. */
    public String getScheme() {
        return detail.map(known -> known.entry().scheme()).orElse("");
    }

    /** The portal's id, which the signature may not cover; or empty. */
    public String getPortalId() {
        return detail.flatMap(known -> known.entry().attributes().portalId()).orElse("");
    }

    /** When the portal says that it changed, or null. */
    public Instant getUpdatedAt() {
        return detail.flatMap(known -> known.entry().attributes().updatedAt()).orElse(null);
    }

    /** What is missing, malformed or not understood. */
    public List<String> getRemarks() {
        return detail.map(known -> known.entry().attributes().remarks()).orElse(List.of());
    }

    /** Why the body is no event; or empty. */
    public String getUndecodable() {
        return detail.flatMap(known -> known.entry().attributes().undecodable()).orElse("");
    }

    /** The headers that were kept. */
    public List<ShownHeaders.Line> getHeaders() {
        return detail.map(known -> ShownHeaders.of(known.entry().headers())).orElse(List.of());
    }

    /** The body with line breaks and indents, if it is JSON; or empty. */
    public String getPretty() {
        return pretty;
    }

    /** The body as it arrived; or empty. */
    public String getRaw() {
        return detail.flatMap(known -> known.entry().body()).map(ShownBody::raw).orElse("");
    }

    /** Whether the body is still there. */
    public boolean isBodyKept() {
        return detail.flatMap(known -> known.entry().body()).isPresent();
    }

    /** How far each consumer is, the worst first. */
    public List<StateRow> getStates() {
        return detail.map(known -> known.consumers().stream()
                        .sorted(comparing(ConsumerState::state).reversed())
                        .map(StateRow::of)
                        .toList())
                .orElse(List.of());
    }

    /**
     * How far a consumer is with the delivery, as the page shows it.
     *
     * @param consumer its name
     * @param state in one word
     * @param attempts how many were begun
     * @param due when it is tried next, or null
     * @param reason of the last failure, or empty
     * @param message what it said, or empty
     * @param trace its stack trace, or empty
     * @param replay whether it is a replay
     */
    public record StateRow(
            String consumer,
            String state,
            int attempts,
            Instant due,
            String reason,
            String message,
            String trace,
            boolean replay) {

        static StateRow of(ConsumerState state) {
            return new StateRow(
                    state.consumer(),
                    PageQuery.word(state.state()),
                    state.attempts(),
                    state.due()
                            .or(() -> state.waiting().map(waiting -> waiting.nextTry()))
                            .orElse(null),
                    state.reason()
                            .or(() -> state.waiting().map(waiting -> waiting.reason()))
                            .orElse(""),
                    state.message()
                            .or(() -> state.waiting().map(waiting -> waiting.message()))
                            .orElse(""),
                    state.trace().orElse(""),
                    state.replay());
        }

        /** Whether an operator can have it notified again. */
        public boolean replayable() {
            return !state.equals("pending");
        }
    }
}
